import { z } from 'zod';
import { EventLogs } from '#server/contract/chain-readings.ts';
import { JsonObject } from '#server/contract/json.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';
import { abi, contract, range } from './chain-fields.ts';
import { defineChainTool, toChainSource } from './define-chain-tool.ts';

/** The logs of an event in a range, decoded. */
export function createEventLogsTool(ports: Pick<ToolPorts, 'chains'>) {
  return defineChainTool(ports, {
    id: 'event-logs',
    title: { en: 'Event logs', zh: '事件日志' },
    description: {
      en: 'Lists the logs of an event (by name or signature, such as "Transfer(address,address,uint256)") of a contract in a range of blocks or the last days, decoded.',
      zh: '列出合约某个事件（按名称或签名，如“Transfer(address,address,uint256)”）在区块范围或最近几天内的日志，并解码。',
    },
    input: (chain) =>
      z.strictObject({
        chain,
        event: z.string().trim().min(1).max(2_000).describe('The event: its name, signature, or topic hash.'),
        contract: contract.optional(),
        where: JsonObject.describe('Indexed arguments that must be equal, by name: {"from":"0x…"}.').optional(),
        abi,
        ...range,
      }),
    output: EventLogs,
    timeoutMs: 60_000,
    maximumResultBytes: 92_000,
    intent: ({ chain, event }, language) =>
      language === 'zh'
        ? `读取 ${chain} 上的事件日志 ${event.slice(0, 40)}`
        : `Reading logs of ${event.slice(0, 40)} on ${chain}`,
    read: async (input, { reader, signal, language }) => {
      const found = await reader.read('logs', { ...input, signal });
      const { from, to } = found.range;
      return {
        output: found,
        sources: [
          toChainSource(
            found.block,
            {
              title: {
                en: `logs of ${found.event}${found.contract === null ? '' : ` at ${found.contract}`}`,
                zh: `${found.event} 的事件日志${found.contract === null ? '' : `（合约 ${found.contract}）`}`,
              },
              url: found.block.explorerUrl,
              fact: {
                en: `${found.count} logs in blocks ${from.number} to ${to.number}${found.partial === null ? '' : ' (partial)'}, read`,
                zh: `区块 ${from.number} 至 ${to.number} 共 ${found.count} 条日志${found.partial === null ? '' : '（不完整）'}`,
              },
            },
            language,
          ),
        ],
      };
    },
  });
}
