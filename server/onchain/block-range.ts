import type { BlockRange } from '#server/contract/chain-readings.ts';
import { pinBlock } from './chain-block.ts';
import type { ChainContext } from './chain-context.ts';
import { toInputError } from './chain-errors.ts';

const usualDays = 1;
const millisecondsOfDay = 86_400_000;
/** By how much of a range its start may be beside the time that was asked for. */
const toleratedShare = 0.02;
const exactBelow = 1_000n;

export type AskedRange = { fromBlock?: number | undefined; toBlock?: number | undefined; days?: number | undefined };

/**
 * The blocks that a request means: those it names, else the last `days` up to the end.
 *
 * @throws {HubError} `validation_failed`, for a range that begins after its end
 */
export async function findRange(
  context: ChainContext,
  { fromBlock, toBlock, days = usualDays }: AskedRange,
): Promise<{ from: bigint; to: bigint; range: BlockRange; warnings: string[] }> {
  const end = await pinBlock(context, toBlock);
  const { warnings } = end;
  if (fromBlock === undefined) {
    const start = await findStart(context, end, days);
    return { from: start.number, to: end.number, range: { from: start.at, to: end.at }, warnings };
  }
  const from = BigInt(fromBlock);
  if (from > end.number) {
    throw toInputError('fromBlock', {
      en: `The range begins at block ${from}, after its end at ${end.number}. Swap them, or leave the end out.`,
      zh: `范围从区块 ${from} 开始，晚于终点 ${end.number}。请对调，或留空终点。`,
    });
  }
  const start = await pinBlock(context, from);
  return { from, to: end.number, range: { from: start.at, to: end.at }, warnings };
}

type Pinned = Awaited<ReturnType<typeof pinBlock>>;

/** The block so many days before another: guessed by how long blocks last, then found by their times where the guess is off. */
async function findStart(context: ChainContext, end: Pinned, days: number): Promise<Pinned> {
  const span = days * millisecondsOfDay;
  const timeOf = ({ at }: Pinned) => Date.parse(at.timestamp);
  const wanted = timeOf(end) - span;
  const back = BigInt(Math.ceil(span / context.chain.blockTimeMs));
  let guess = await pinBlock(context, end.number > back ? end.number - back : 0n);
  if (Math.abs(timeOf(guess) - wanted) <= span * toleratedShare) return guess;
  let [low, high] = timeOf(guess) < wanted ? [guess.number, end.number] : [0n, guess.number];
  while (high - low > 1n) {
    const middle = await pinBlock(context, (low + high) / 2n);
    if (timeOf(middle) < wanted) low = middle.number;
    else high = middle.number;
    guess = middle;
    if (Math.abs(timeOf(guess) - wanted) <= span * toleratedShare && high - low > exactBelow) return guess;
  }
  return await pinBlock(context, high);
}
