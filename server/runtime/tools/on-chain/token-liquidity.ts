import { z } from 'zod';
import { DecimalText } from '#server/contract/exact-decimal.ts';
import { TokenLiquidity } from '#server/contract/wallet-readings.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';
import { block, token } from './chain-fields.ts';
import { shorten } from './chain-parameter.ts';
import { defineChainTool, showAmount, toChainSource } from './define-chain-tool.ts';

/** Where a token can be traded, how deep, and who could withdraw it. */
export function createTokenLiquidityTool(ports: Pick<ToolPorts, 'chains'>) {
  return defineChainTool(ports, {
    id: 'token-liquidity',
    title: { en: 'Token liquidity', zh: '代币流动性' },
    description: {
      en: 'Reads the liquidity of a token: its exchange pools with reserves, the depth within 2 % of the price for buying and selling, who holds the shares of the pool (LP) and could withdraw them, and with tradeAmount what a trade of that size would bring now: fee, price impact (slippage).',
      zh: '读取代币的流动性：各交易所资金池及其储备、价格变动 2% 以内的买卖深度，谁持有资金池份额（LP）、可以撤走流动性；给出 tradeAmount 时，还计算这笔交易此刻能换到多少、手续费与价格影响（滑点）。',
    },
    input: (chain) =>
      z.strictObject({
        chain,
        token,
        pool: z.string().trim().max(64).describe('A pool to read instead of the known exchanges.').optional(),
        block,
        tradeAmount: DecimalText.optional().describe(
          'How much would be traded, in whole tokens; a trade is reckoned from the reserves.',
        ),
        tradeToken: token
          .optional()
          .describe('What tradeAmount is of: the token itself (the default) or what it is traded for.'),
        isReceived: z.boolean().default(false).describe('Whether tradeAmount is what is received, rather than paid.'),
      }),
    output: TokenLiquidity,
    timeoutMs: 60_000,
    maximumResultBytes: 40_000,
    intent: ({ chain, token }, language) =>
      language === 'zh'
        ? `查询 ${shorten(token)} 在 ${chain} 上的流动性`
        : `Reading the liquidity of ${shorten(token)} on ${chain}`,
    read: async ({ tradeAmount, tradeToken, isReceived, ...input }, { reader, signal, language }) => {
      const trade =
        tradeAmount === undefined ? undefined : { amount: tradeAmount, token: tradeToken ?? input.token, isReceived };
      const found = await reader.read('liquidity', { ...input, trade, signal });
      return {
        output: found,
        sources: found.pools.map((pool) =>
          toChainSource(
            found.block,
            {
              title: {
                en: `${pool.kind} pool ${pool.pool} of ${found.symbol}`,
                zh: `${found.symbol} 的 ${pool.kind} 池 ${pool.pool}`,
              },
              url: pool.explorerUrl,
              fact: { en: pool.reserves.map(showAmount).join(' and '), zh: pool.reserves.map(showAmount).join(' 与 ') },
            },
            language,
          ),
        ),
      };
    },
  });
}
