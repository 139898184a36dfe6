import { z } from 'zod';
import { Portfolio } from '#server/contract/portfolio.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';
import { address, block } from './chain-fields.ts';
import { shorten } from './chain-parameter.ts';
import { defineChainTool, showAmount, toChainSource } from './define-chain-tool.ts';

/** What an address holds over all chains. */
export function createPortfolioTool(ports: Pick<ToolPorts, 'chains'>) {
  return defineChainTool(ports, {
    id: 'portfolio',
    title: { en: 'Portfolio', zh: '资产组合' },
    description: {
      en: 'Reads the portfolio of an address: all coins and well-known or given tokens that it holds, over several chains at once, exact, each at a named block, and with values what they are worth in US dollars.',
      zh: '读取一个地址的资产组合：一次查询多条链上的原生币、知名代币及指定代币，数额精确并注明区块，也可计算总值（美元）。询问全部资产、持仓时使用。',
    },
    input: (chain) =>
      z.strictObject({
        address,
        chains: z.array(chain.unwrap()).min(1).max(20).describe('Only these chains. Left out: all.').optional(),
        tokens: z
          .array(z.string().trim().min(42).max(90))
          .max(200)
          .describe('More tokens: 0x… (looked for on each chain) or chain:0x….')
          .optional(),
        block: block.describe('Read at this block number, of one chain. Left out: the latest.'),
        withValues: z
          .boolean()
          .describe('Also price and value each asset in US dollars, by feeds and pools on its chain, with a total.')
          .optional(),
      }),
    output: Portfolio,
    timeoutMs: 90_000,
    maximumResultBytes: 100_000,
    intent: ({ address }, language) =>
      language === 'zh' ? `查询 ${shorten(address)} 的全部资产` : `Reading what ${shorten(address)} holds`,
    read: async (input, { reader, signal, language }) => {
      const chain = input.chains?.[0] ?? reader.chains()[0]?.slug ?? 'ethereum';
      const portfolio = await reader.read('portfolio', { ...input, chain, signal });
      const priceSources = portfolio.holdings.flatMap(({ chain: name, amount, priceUsd, priceSource }) => {
        const at = portfolio.blocks.find((block) => block.chain === name);
        if (at === undefined || priceUsd === undefined || priceSource === undefined || priceSource.contract === null)
          return [];
        const { from, contract, ageSeconds, explorerUrl } = priceSource;
        return toChainSource(
          at,
          {
            title: { en: `${amount.symbol} by ${from}`, zh: `${amount.symbol} 的价格，来自 ${from}` },
            url: explorerUrl ?? at.explorerUrl,
            fact: {
              en: `${priceUsd} USD by ${contract}${ageSeconds === null ? '' : `, ${ageSeconds} s old`}`,
              zh: `${priceUsd} USD，来自 ${contract}${ageSeconds === null ? '' : `，${ageSeconds} 秒前`}`,
            },
          },
          language,
        );
      });
      return {
        output: portfolio,
        sources: portfolio.blocks
          .map((block) => {
            const held = portfolio.holdings.filter((holding) => holding.chain === block.chain);
            return toChainSource(
              block,
              {
                title: { en: `portfolio of ${portfolio.address}`, zh: `${portfolio.address} 的资产组合` },
                url: block.explorerUrl,
                fact: {
                  en: held.length === 0 ? 'nothing held' : held.map(({ amount }) => showAmount(amount)).join(', '),
                  zh: held.length === 0 ? '未持有资产' : held.map(({ amount }) => showAmount(amount)).join('、'),
                },
              },
              language,
            );
          })
          .concat(priceSources),
      };
    },
  });
}
