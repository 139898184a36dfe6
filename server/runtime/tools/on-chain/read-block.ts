import { z } from 'zod';
import { BlockReading } from '#server/contract/chain-readings.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';
import { shorten } from './chain-parameter.ts';
import { defineChainTool, toChainSource } from './define-chain-tool.ts';

/** The facts of a block. */
export function createReadBlockTool(ports: Pick<ToolPorts, 'chains'>) {
  return defineChainTool(ports, {
    id: 'read-block',
    title: { en: 'Block', zh: '区块' },
    description: {
      en: 'Reads a block of a chain by number or hash, or the latest: time, hash, transactions, gas used, base fee, whether it is final.',
      zh: '按区块号或哈希读取区块，或读取最新区块高度：时间、哈希、交易数、Gas 用量、基础费、是否最终确认。',
    },
    input: (chain) =>
      z.strictObject({
        chain,
        block: z
          .union([z.number().int().min(0), z.string().trim().max(80)])
          .describe('Number, hash, "latest" or "finalized". Left out: the latest.')
          .optional(),
      }),
    output: BlockReading,

    intent: ({ chain, block = 'latest' }, language) =>
      language === 'zh'
        ? `读取 ${chain} 的区块 ${shorten(String(block))}`
        : `Reading block ${shorten(String(block))} of ${chain}`,
    read: async ({ chain, block }, { reader, signal, language }) => {
      const wanted = block === undefined ? {} : { block: String(block) };
      const reading = await reader.read('block', { chain, ...wanted, signal });
      return {
        output: reading,
        sources: [
          toChainSource(
            reading.block,
            {
              title: { en: `block ${reading.block.number}`, zh: `区块 ${reading.block.number}` },
              url: reading.block.explorerUrl,
              fact: {
                en: `${reading.transactions} transactions, ${reading.gasUsed} gas`,
                zh: `${reading.transactions} 笔交易，${reading.gasUsed} gas`,
              },
            },
            language,
          ),
        ],
      };
    },
  });
}
