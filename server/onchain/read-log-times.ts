import { hexToBigInt, hexToNumber, numberToHex, type RpcLog } from 'viem';
import type { ChainContext } from './chain-context.ts';
import { inSteps } from './in-steps.ts';

const blocksTogether = 50;
const mostBlocks = 1_000;

/** When the blocks of logs were, in UTC; nodes that tell it with the logs are not asked again. */
export async function readLogTimes(
  { client, signal }: Pick<ChainContext, 'client' | 'signal'>,
  logs: readonly RpcLog[],
): Promise<{ times: Map<bigint, string>; note: string | null }> {
  const times = new Map<bigint, string>();
  const unknown = new Set<bigint>();
  for (const log of logs) {
    const number = hexToBigInt(log.blockNumber ?? '0x0');
    const time = toLogTime(log);
    if (time === null) unknown.add(number);
    else times.set(number, time);
  }
  const asked = [...unknown].slice(-mostBlocks);
  await inSteps(asked, { together: blocksTogether, signal }, async (number) => {
    const block = await client.request({ method: 'eth_getBlockByNumber', params: [numberToHex(number), false] });
    if (block !== null) times.set(number, toIso(hexToNumber(block.timestamp)));
  });
  return {
    times,
    note:
      unknown.size > asked.length
        ? `Times of ${asked.length} of ${unknown.size} blocks were read; older ones are in no day. Ask for fewer blocks.`
        : null,
  };
}

/** The time that many nodes say with each log. */
export function toLogTime(log: RpcLog): string | null {
  const stamp = 'blockTimestamp' in log ? log.blockTimestamp : null;
  return typeof stamp === 'string' && stamp.startsWith('0x') ? toIso(Number(stamp)) : null;
}

const toIso = (seconds: number) => new Date(seconds * 1000).toISOString();
