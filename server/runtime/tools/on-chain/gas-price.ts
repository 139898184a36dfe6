import { z } from 'zod';
import { GasReading } from '#server/contract/chain-readings.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';
import { defineChainTool, showAmount, toChainSource } from './define-chain-tool.ts';

/** What gas costs now, and what it cost in the last blocks. */
export function createGasPriceTool(ports: Pick<ToolPorts, 'chains'>) {
  return defineChainTool(ports, {
    id: 'gas-price',
    title: { en: 'Gas price', zh: 'Gas 价格' },
    description: {
      en: 'Reads the gas price of a chain now (base fee, priority fee, gas price, cost of usual actions) and its history over the last blocks.',
      zh: '读取一条链当前的 Gas 价格（基础费、优先费、常见操作的手续费）及最近区块的历史。',
    },
    input: (chain) =>
      z.strictObject({
        chain,
        blocks: z.number().int().min(1).max(200).describe('How many past blocks, 20 unless said.').optional(),
      }),
    output: GasReading,

    intent: ({ chain }, language) =>
      language === 'zh' ? `读取 ${chain} 的 Gas 价格` : `Reading the gas price on ${chain}`,
    read: async (input, { reader, signal, language }) => {
      const reading = await reader.read('gas', { ...input, signal });
      return {
        output: reading,
        sources: [
          toChainSource(
            reading.block,
            {
              title: { en: 'gas price', zh: 'Gas 价格' },
              url: reading.block.explorerUrl,
              fact: showAmount(reading.gasPrice),
            },
            language,
          ),
        ],
      };
    },
  });
}
