import type { PublicClient } from 'viem';
import { describe, expect, test } from 'vitest';
import { findLastSent } from '#server/onchain/find-last-sent.ts';
import { showPercent, toCompounded, toRatio, toYearly } from '#server/onchain/measure-yield.ts';

const whose = `0x${'ab'.repeat(20)}` as const;

/** A node that tells the nonces of an address, which sent its transactions in these blocks; none below `kept`. */
function toNode(sentIn: bigint[], kept = 0n) {
  const asked: bigint[] = [];
  const getTransactionCount = ({ blockNumber }: { blockNumber: bigint }) => {
    asked.push(blockNumber);
    if (blockNumber < kept) return Promise.reject(new Error('missing trie node'));
    return Promise.resolve(sentIn.filter((number) => number <= blockNumber).length);
  };
  const context = { client: { getTransactionCount } as unknown as PublicClient, signal: new AbortController().signal };
  return { context, asked };
}
const find = async (sentIn: bigint[], before: bigint, kept?: bigint) => {
  const { context, asked } = toNode(sentIn, kept);
  return { found: await findLastSent(context, { whose, sent: sentIn.length, before }), asked };
};

describe('the last transaction of an address, by its nonce', () => {
  test.each<[string, bigint[], bigint]>([
    ['in the block before', [5n, 999n], 1_000n],
    ['a hundred blocks back', [5n, 900n], 1_001n],
    ['millions of blocks back', [7n, 8n, 18_123_456n], 21_000_000n],
    ['in the first block after the beginning', [1n], 21_000_000n],
  ])('is found %s', async (_where, sentIn, before) => {
    const { found, asked } = await find(sentIn, before);
    expect(found).toBe(sentIn.at(-1));
    expect(asked.length).toBeLessThan(40);
  });

  test('is not told where no node keeps the state that far back', async () => {
    expect((await find([10n, 500n], 1_000n, 950n)).found).toBeNull();
  });
});

test('rates of a year are exact to the last place that is shown, and those below nothing round like others', () => {
  const ratio = toRatio(1n, 3n);
  expect(showPercent(ratio)).toBe('33.3333');
  expect(showPercent(-toRatio(1n, 200_000n))).toBe('-0.0005');
  const yearly = toYearly(toRatio(1n, 100n), 2_592_000n);
  expect(showPercent(yearly ?? 0n)).toBe('12.1667');
  expect(showPercent(toCompounded(yearly ?? 0n) ?? 0n)).toBe('12.9355');
  expect(toYearly(ratio, 0n)).toBeNull();
});
