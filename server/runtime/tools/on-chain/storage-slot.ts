import { z } from 'zod';
import { StorageReading } from '#server/contract/chain-readings.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';
import { block, contract } from './chain-fields.ts';
import { shorten } from './chain-parameter.ts';
import { defineChainTool, toChainSource } from './define-chain-tool.ts';

/** One slot of a contract’s storage. */
export function createStorageSlotTool(ports: Pick<ToolPorts, 'chains'>) {
  return defineChainTool(ports, {
    id: 'storage-slot',
    title: { en: 'Storage slot', zh: '存储槽' },
    description: {
      en: 'Reads one storage slot of a contract (eth_getStorageAt): raw, and as integer, address or text. Knows implementation, admin and beacon of proxies.',
      zh: '读取合约的一个存储槽（storage slot）：原始值，以及按整数、地址或文本解读的值。支持代理合约的 implementation、admin、beacon。',
    },
    input: (chain) =>
      z.strictObject({
        chain,
        contract,
        slot: z
          .union([z.number().int().min(0), z.string().trim().min(1).max(80)])
          .describe('The number of the slot (decimal or 0x), or implementation, admin, beacon.'),
        block,
      }),
    output: StorageReading,

    intent: ({ chain, contract, slot }, language) =>
      language === 'zh'
        ? `读取 ${chain} 上 ${shorten(contract)} 的存储槽 ${shorten(String(slot))}`
        : `Reading slot ${shorten(String(slot))} of ${shorten(contract)} on ${chain}`,
    read: async ({ slot, ...input }, { reader, signal, language }) => {
      const reading = await reader.read('storage', { ...input, slot: String(slot), signal });
      return {
        output: reading,
        sources: [
          toChainSource(
            reading.block,
            {
              title: {
                en: `slot ${reading.slot} of ${reading.contract}`,
                zh: `${reading.contract} 的存储槽 ${reading.slot}`,
              },
              url: reading.explorerUrl,
              fact: reading.value,
            },
            language,
          ),
        ],
      };
    },
  });
}
