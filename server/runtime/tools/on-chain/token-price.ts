import { z } from 'zod';
import { PriceReading } from '#server/contract/chain-readings.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';
import { block, token } from './chain-fields.ts';
import { defineChainTool, toChainSource } from './define-chain-tool.ts';

/** What a coin or token costs, by feeds and pools on the chain. */
export function createTokenPriceTool(ports: Pick<ToolPorts, 'chains'>) {
  return defineChainTool(ports, {
    id: 'token-price',
    title: { en: 'Token price', zh: '代币价格' },
    description: {
      en: 'Reads the price of a coin or token on a chain: Chainlink feed (with its age), exchange pools (Uniswap V2, V3, with their liquidity), and a price service where one is set up.',
      zh: '读取链上币价（行情、报价）：Chainlink 喂价（附时效）、交易所资金池（Uniswap V2、V3，附流动性），以及已配置的价格服务。',
    },
    input: (chain) =>
      z.strictObject({
        chain,
        token: token
          .describe("The token's contract address or symbol (USDC, WETH). Left out: the chain's own coin.")
          .optional(),
        feed: z.string().trim().max(64).describe('A Chainlink feed to read instead of the known one.').optional(),
        pool: z.string().trim().max(64).describe('A pool to read instead of the known exchanges.').optional(),
        block,
      }),
    output: PriceReading,

    intent: ({ chain, token = 'coin' }, language) =>
      language === 'zh' ? `查询 ${token} 在 ${chain} 上的价格` : `Reading the price of ${token} on ${chain}`,
    read: async ({ token = 'native', ...input }, { reader, signal, language }) => {
      const reading = await reader.read('price', { ...input, token, signal });
      return {
        output: reading,
        sources: reading.prices.map((price) =>
          toChainSource(
            reading.block,
            {
              title: { en: `${reading.asset} by ${price.from}`, zh: `${reading.asset} 的价格，来自 ${price.from}` },
              url: price.explorerUrl ?? reading.block.explorerUrl,
              fact: {
                en: `${price.price} ${price.quote}${price.ageSeconds === null ? '' : `, ${price.ageSeconds} s old`}`,
                zh: `${price.price} ${price.quote}${price.ageSeconds === null ? '' : `，${price.ageSeconds} 秒前`}`,
              },
            },
            language,
          ),
        ),
      };
    },
  });
}
