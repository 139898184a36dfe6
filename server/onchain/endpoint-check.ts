import type { RpcEndpoint } from './rpc-endpoint.ts';
import { RpcFault, type RpcAnswer } from './rpc-fault.ts';

/** What an endpoint says of its chain. Null: it does not tell. */
export type EndpointHead = { number: bigint; timestamp: number; finalised: bigint | null; at: Date };

const lagBlocks = 3n;
const lagSeconds = 30;
/** Heads that were read further apart say nothing of each other. */
const comparableMs = 15_000;

/**
 * Asks an endpoint which chain it is of and how far it is.
 *
 * @throws {RpcFault} when it did not answer, or is of another chain; the endpoint then rests
 */
export async function checkEndpoint(
  endpoint: RpcEndpoint,
  { chainId, restMs, signal, now }: { chainId: number; restMs: number; signal: AbortSignal; now: () => Date },
): Promise<EndpointHead | null> {
  const [id, latest, finalised] = await endpoint.send(
    [
      { method: 'eth_chainId', params: [] },
      { method: 'eth_getBlockByNumber', params: ['latest', false] },
      { method: 'eth_getBlockByNumber', params: ['finalized', false] },
    ],
    signal,
  );
  const told = Number(toBigInt(toResult(id)));
  if (told !== chainId) {
    const fault = new RpcFault('wrong-chain', `answers for chain ${told}, not ${chainId}`, { retryAfterMs: restMs });
    endpoint.noteFault(fault);
    throw fault;
  }
  const block = toBlock(latest);
  return block === null ? null : { ...block, finalised: toBlock(finalised)?.number ?? null, at: now() };
}

/** How far a head is behind the furthest of the others' that were read at the same time; null: it keeps up. */
export function findLag(
  head: EndpointHead,
  others: readonly EndpointHead[],
): { blocks: number; seconds: number } | null {
  const furthest = others
    .filter(({ at }) => Math.abs(at.getTime() - head.at.getTime()) < comparableMs)
    .reduce((best, other) => (other.number > best.number ? other : best), head);
  const blocks = furthest.number - head.number;
  const seconds = furthest.timestamp - head.timestamp;
  return blocks > lagBlocks && seconds > lagSeconds ? { blocks: Number(blocks), seconds } : null;
}

const toResult = (answer: RpcAnswer | undefined): unknown =>
  answer !== undefined && 'result' in answer ? answer.result : null;

function toBigInt(value: unknown): bigint | null {
  return typeof value === 'string' && /^0x[0-9a-f]{1,64}$/i.test(value) ? BigInt(value) : null;
}

function toBlock(answer: RpcAnswer | undefined): { number: bigint; timestamp: number } | null {
  const block = toResult(answer);
  if (typeof block !== 'object' || block === null || !('number' in block) || !('timestamp' in block)) return null;
  const number = toBigInt(block.number);
  const timestamp = toBigInt(block.timestamp);
  return number === null || timestamp === null ? null : { number, timestamp: Number(timestamp) };
}
