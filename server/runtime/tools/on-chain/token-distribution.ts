import { z } from 'zod';
import { TokenDistribution } from '#server/contract/wallet-readings.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';
import { range, token } from './chain-fields.ts';
import { shorten } from './chain-parameter.ts';
import { defineChainTool, toChainSource } from './define-chain-tool.ts';

/** How a token is spread over its holders, and how it was made, burnt and moved. */
export function createTokenDistributionTool(ports: Pick<ToolPorts, 'chains'>) {
  return defineChainTool(ports, {
    id: 'token-distribution',
    title: { en: 'Token concentration and flow', zh: '代币集中度与流量' },
    description: {
      en: 'Measures how concentrated a token is (Gini coefficient, Herfindahl index HHI, share of the top holders; contracts and burn addresses apart) and its flow: minted, burned and transferred by day.',
      zh: '衡量代币的集中度（基尼系数、赫芬达尔指数 HHI、前若干名占比；合约与销毁地址另列）以及流量：按天的铸造、销毁与转账量。询问集中度、基尼系数、铸造、销毁时使用。',
    },
    input: (chain) =>
      z.strictObject({
        chain,
        token,
        most: z.number().int().min(1).max(100).describe('How many holders to list, 20 unless said.').optional(),
        ...range,
      }),
    output: TokenDistribution,
    timeoutMs: 120_000,
    maximumResultBytes: 80_000,
    intent: ({ chain, token }, language) =>
      language === 'zh'
        ? `衡量 ${shorten(token)} 在 ${chain} 上的集中度`
        : `Measuring how concentrated ${shorten(token)} is on ${chain}`,
    read: async (input, { reader, signal, language }) => {
      const found = await reader.read('distribution', { ...input, signal });
      return {
        output: found,
        sources: [
          toChainSource(
            found.block,
            {
              title: {
                en: `concentration of ${found.symbol} ${found.token}`,
                zh: `${found.symbol} ${found.token} 的集中度`,
              },
              url: found.explorerUrl,
              fact: {
                en: `${found.all.holders} holders, Gini ${found.all.gini ?? 'unknown'}, HHI ${found.all.herfindahl ?? 'unknown'}${found.partial === null ? '' : ' (partial)'}`,
                zh: `${found.all.holders} 个持有者，基尼系数 ${found.all.gini ?? '未知'}，HHI ${found.all.herfindahl ?? '未知'}${found.partial === null ? '' : '（不完整）'}`,
              },
            },
            language,
          ),
        ],
      };
    },
  });
}
