import { z } from 'zod';
import type { ChainAccess } from './chain-access.ts';

const hex = z.string().regex(/^0x[0-9a-f]+$/i);
const Block = z.object({ number: hex, hash: hex, timestamp: hex }).nullable();

/**
 * A block by its number as the chain has it now. What is kept of it stays true only while nobody has seen that the chain was
 * reorganised, and this is how that is seen.
 */
export async function readBlockNow(access: Pick<ChainAccess, 'requestNow'>, number: bigint, signal: AbortSignal) {
  const call = { method: 'eth_getBlockByNumber', params: [`0x${number.toString(16)}`, false] };
  const [answer] = await access.requestNow([call], signal);
  if (answer !== undefined && 'error' in answer) throw answer.error;
  const block = Block.parse(answer?.result ?? null);
  return block === null ? null : { number: BigInt(block.number), hash: block.hash, timestamp: BigInt(block.timestamp) };
}
