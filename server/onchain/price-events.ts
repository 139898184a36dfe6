import { type Address, type Hex, hexToBigInt, slice, toEventSelector } from 'viem';
import type { ChainContext } from './chain-context.ts';
import { readLogs } from './read-logs.ts';

const kinds = {
  feed: toEventSelector('AnswerUpdated(int256,uint256,uint256)'),
  reserves: toEventSelector('Sync(uint112,uint112)'),
  root: toEventSelector('Swap(address,address,int256,int256,uint160,uint128,int24)'),
} as const;

/** The numbers that an event of a kind tells, with where it stands. */
type PriceEvent = { block: bigint; values: bigint[] };

/**
 * What a feed or a pool told of its price over time, by its events: nodes keep these also of blocks whose state they forgot.
 * `feed`: answer and when it was given; `reserves`: both; `root`: the square root of the price, times 2^96.
 */
export async function readPriceEvents(
  context: Pick<ChainContext, 'client' | 'signal'>,
  { kind, address, from, to }: { kind: keyof typeof kinds; address: Address; from: bigint; to: bigint },
) {
  const { logs } = await readLogs(context, { filters: [{ address, topics: [kinds[kind]] }], from, to });
  const events = logs.map(({ topics, data, blockNumber }): PriceEvent => {
    const word = (index: number) => toNumber(data, index);
    return {
      block: hexToBigInt(blockNumber ?? '0x0'),
      values:
        kind === 'feed'
          ? [hexToBigInt(topics[1] ?? '0x0', { signed: true }), word(0)]
          : kind === 'root'
            ? [word(2)]
            : [word(0), word(1)],
    };
  });
  return {
    /** The last one up to a block; null: none was told in what was read. */
    upTo: (block: bigint): bigint[] | null => {
      let [low, high] = [0, events.length];
      while (low < high) {
        const middle = Math.floor((low + high) / 2);
        if ((events[middle]?.block ?? block) <= block) low = middle + 1;
        else high = middle;
      }
      return events[low - 1]?.values ?? null;
    },
  };
}
export type PriceEvents = Awaited<ReturnType<typeof readPriceEvents>>;

function toNumber(data: Hex, word: number): bigint {
  return data.length < 2 + 64 * (word + 1) ? 0n : hexToBigInt(slice(data, 32 * word, 32 * (word + 1)));
}
