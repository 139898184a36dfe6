import type { BlockRange } from '#server/contract/chain-readings.ts';
import { pinBlock } from './chain-block.ts';
import type { ChainContext } from './chain-context.ts';
import { toInputError } from './chain-errors.ts';

const usualDays = 1;
const millisecondsOfDay = 86_400_000;

export type AskedRange = { fromBlock?: number | undefined; toBlock?: number | undefined; days?: number | undefined };

/**
 * The blocks that a request means: those it names, else the last `days` up to the end by how long a block of the chain lasts.
 *
 * @throws {HubError} `validation_failed`, for a range that begins after its end
 */
export async function findRange(
  context: ChainContext,
  { fromBlock, toBlock, days = usualDays }: AskedRange,
): Promise<{ from: bigint; to: bigint; range: BlockRange }> {
  const end = await pinBlock(context, toBlock);
  const back = BigInt(Math.ceil((days * millisecondsOfDay) / context.chain.blockTimeMs));
  const from = fromBlock === undefined ? (end.number > back ? end.number - back : 0n) : BigInt(fromBlock);
  if (from > end.number) {
    throw toInputError('fromBlock', {
      en: `The range begins at block ${from}, after its end at ${end.number}. Swap them, or leave the end out.`,
      zh: `范围从区块 ${from} 开始，晚于终点 ${end.number}。请对调，或留空终点。`,
    });
  }
  const start = await pinBlock(context, from);
  return { from, to: end.number, range: { from: start.at, to: end.at } };
}
