import { z } from 'zod';
import { PoolYield } from '#server/contract/pool-yield.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';
import { range } from './chain-fields.ts';
import { shorten } from './chain-parameter.ts';
import { defineChainTool, showAmount, toChainSource } from './define-chain-tool.ts';

/** What a pool or vault brought: fees, value locked, rates, impermanent loss. */
export function createPoolYieldTool(ports: Pick<ToolPorts, 'chains'>) {
  return defineChainTool(ports, {
    id: 'pool-yield',
    title: { en: 'Pool yield', zh: '资金池收益' },
    description: {
      en: 'Measures what an exchange pool (Uniswap V2, V3) or an ERC-4626 vault yielded over the last days: value locked (TVL), volume, fee income, APR and APY, price change, impermanent loss, and what a share gained against holding. All figures are of the past, from its own state and swaps.',
      zh: '衡量资金池（Uniswap V2、V3）或 ERC-4626 金库在最近几天的收益：锁仓价值（TVL）、交易量、手续费收入、年化收益率（APR、APY）、价格变化、无常损失，以及与单纯持有相比的盈亏。所有数字均来自其自身状态与兑换记录，属于过去。',
    },
    input: (chain) =>
      z.strictObject({
        chain,
        poolOrToken: z
          .string()
          .trim()
          .min(2)
          .max(100)
          .describe(
            'The address of the pool or vault; or a token symbol such as WETH, or a pair such as WETH/USDC, whose deepest known pool is meant.',
          ),
        ...range,
        days: range.days.describe('How many days back, 30 unless said.'),
      }),
    output: PoolYield,
    timeoutMs: 90_000,
    intent: ({ chain, poolOrToken: pool }, language) =>
      language === 'zh'
        ? `衡量 ${shorten(pool)} 在 ${chain} 上的收益`
        : `Measuring what ${shorten(pool)} on ${chain} yielded`,
    read: async ({ poolOrToken: pool, ...input }, { reader, signal, language }) => {
      const found = await reader.read('yield', { ...input, pool, signal });
      const { address, aprPercent, kind, pair, tvl, range: read } = found;
      return {
        output: found,
        sources: [
          toChainSource(
            found.block,
            {
              title: { en: `${kind} ${pair} ${address}`, zh: `${kind} ${pair} ${address}` },
              url: found.explorerUrl,
              fact: {
                en: `TVL ${showAmount(tvl)}, APR ${aprPercent ?? 'unknown'} % since block ${read.from.number}`,
                zh: `TVL ${showAmount(tvl)}，自区块 ${read.from.number} 起年化 ${aprPercent ?? '未知'} %`,
              },
            },
            language,
          ),
        ],
      };
    },
  });
}
