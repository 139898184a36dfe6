import { v7 } from 'uuid';
import { z } from 'zod';
import { WalletProfit } from '#server/contract/wallet-readings.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';
import { address, ownAddresses, range } from './chain-fields.ts';
import { shorten } from './chain-parameter.ts';
import { defineChainTool, showAmount, toChainSource } from './define-chain-tool.ts';
import { lotColumns, lotsToCsv, toLotRow } from './lots-to-csv.ts';

const mostLots = 40;
const previewRows = 20;

/** What a wallet gained or lost on a chain. */
export function createWalletProfitTool(ports: Pick<ToolPorts, 'chains'>) {
  return defineChainTool(ports, {
    id: 'wallet-profit',
    title: { en: 'Wallet profit and loss', zh: '钱包盈亏' },
    description: {
      en: 'Computes the profit and loss (PnL, realised and unrealised gains) of a wallet address on one chain over a range: by FIFO and by average cost, exact, with fees, prices from feeds and pools on the chain, and all lots as a CSV file.',
      zh: '计算一个钱包地址在某条链、某段区块内的盈亏（收益、已实现与未实现损益、成本）：先进先出与平均成本两种方法，数额精确、含手续费，价格取自链上喂价与资金池，并附全部批次的 CSV。',
    },
    input: (chain) => z.strictObject({ chain, address, own: ownAddresses, ...range }),
    output: WalletProfit,
    timeoutMs: 120_000,
    maximumResultBytes: 80_000,
    intent: ({ chain, address }, language) =>
      language === 'zh'
        ? `计算 ${shorten(address)} 在 ${chain} 上的盈亏`
        : `Computing profit and loss of ${shorten(address)} on ${chain}`,
    read: async (input, { reader, signal, storeFile, language }) => {
      const profit = await reader.read('profit', { ...input, signal });
      const { lots, fifo, average, addresses, block, lotCount } = profit;
      const name = `lots-${addresses[0] ?? ''}.csv`;
      const bytes = new TextEncoder().encode(lotsToCsv(lots));
      const stored = lotCount === 0 ? null : await storeFile({ name, mediaType: 'text/csv', bytes });
      return {
        output: { ...profit, lots: lots.slice(0, mostLots) },
        sources: [
          toChainSource(
            block,
            {
              title: { en: `profit and loss of ${addresses.join(', ')}`, zh: `${addresses.join('、')} 的盈亏` },
              url: profit.explorerUrl,
              fact: {
                en: `FIFO ${showAmount(fifo.total)}, average cost ${showAmount(average.total)}, ${lotCount} lots${profit.partial === null ? '' : ' (partial)'}`,
                zh: `FIFO ${showAmount(fifo.total)}，平均成本 ${showAmount(average.total)}，${lotCount} 批${profit.partial === null ? '' : '（不完整）'}`,
              },
            },
            language,
          ),
        ],
        artifacts:
          stored === null
            ? []
            : [
                {
                  kind: 'file',
                  id: v7(),
                  title: name,
                  file: stored.id,
                  mediaType: 'text/csv',
                  size: stored.size,
                  table: {
                    columns: [...lotColumns],
                    rows: lots.slice(0, previewRows).map(toLotRow),
                    total: lotCount,
                  },
                },
              ],
      };
    },
  });
}
