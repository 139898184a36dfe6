import { z } from 'zod';
import { CounterpartyOrder, WalletActivity } from '#server/contract/wallet-readings.ts';
import { makeChart } from '#server/runtime/tools/chart/make-chart.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';
import { toActivityHours } from './activity-hours.ts';
import { address, ownAddresses, range, token } from './chain-fields.ts';
import { shorten } from './chain-parameter.ts';
import { toCounterpartyGraph } from './counterparty-graph.ts';
import { defineChainTool, toChainSource } from './define-chain-tool.ts';

/** What a wallet did on a chain: flows, counterparties, first funding, hours. */
export function createWalletActivityTool(ports: Pick<ToolPorts, 'chains' | 'drawChart'>) {
  return defineChainTool(ports, {
    id: 'wallet-activity',
    title: { en: 'Wallet activity', zh: '钱包活动' },
    description: {
      en: 'Sums up what a wallet address did on one chain over a range: inflow and outflow by day and token, counterparties (drawn as a graph, with labels and warnings), who funded it first, and at which weekdays and hours it is active.',
      zh: '汇总一个钱包地址在某条链、某段区块内的活动：按天与代币的流入流出、交易对手（绘成关系图，附标签与警告）、首笔资金来源，以及按星期与小时的活跃时间。询问交易对手、资金来源、活跃时间时使用。',
    },
    input: (chain) =>
      z.strictObject({
        chain,
        address,
        own: ownAddresses,
        timeZone: z
          .string()
          .trim()
          .min(1)
          .max(60)
          .describe('The time zone of days and hours, such as Asia/Shanghai; UTC unless said.')
          .optional(),
        rank: CounterpartyOrder.shape.by
          .describe(
            'Which counterparties come first: those of most transfers, or of the largest amount received or sent.',
          )
          .optional(),
        token: token.describe('Of received or sent: which token is compared, by contract or symbol.').optional(),
        graph: z.boolean().default(true).describe('Whether to draw the counterparties and the active hours.'),
        ...range,
      }),
    output: WalletActivity,
    timeoutMs: 120_000,
    maximumResultBytes: 80_000,
    intent: ({ chain, address }, language) =>
      language === 'zh'
        ? `汇总 ${shorten(address)} 在 ${chain} 上的活动`
        : `Summing up what ${shorten(address)} did on ${chain}`,
    read: async ({ graph, ...input }, { reader, signal, storeFile, language }) => {
      const activity = await reader.read('activity', { ...input, signal });
      const { addresses, block, counterparties, counterpartyCount, hours, transfers } = activity;
      const drawn = graph && hours.length > 0 ? [toActivityHours(activity, language)] : [];
      if (graph && counterparties.length > 0) drawn.unshift(toCounterpartyGraph(activity, language));
      const artifacts = [];
      for (const one of drawn) artifacts.push(await makeChart(one, { ...ports, storeFile, signal }));
      return {
        output: activity,
        sources: [
          toChainSource(
            block,
            {
              title: { en: `activity of ${addresses.join(', ')}`, zh: `${addresses.join('、')} 的活动` },
              url: activity.explorerUrl,
              fact: {
                en: `${transfers} transfers with ${counterpartyCount} counterparties${activity.partial === null ? '' : ' (partial)'}`,
                zh: `${transfers} 笔转账，${counterpartyCount} 个交易对手${activity.partial === null ? '' : '（不完整）'}`,
              },
            },
            language,
          ),
        ],
        artifacts,
      };
    },
  });
}
