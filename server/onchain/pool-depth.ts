/** What goes in and what comes out, in smallest units. */
export type Depth = { pays: bigint; gets: bigint };

const shift = 2n ** 96n;

/** The root of an integer, rounded down (Newton's method). */
export function toRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let guess = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (;;) {
    const next = (guess + value / guess) / 2n;
    if (next >= guess) return guess;
    guess = next;
  }
}

/**
 * What moves the price of a constant-product pool up or down by so many percent, before its fee: `own` is its reserve of the
 * token, `other` that of what it is traded for. Their product stays, their ratio is the price.
 */
export function depthOfReserves(
  { own, other }: { own: bigint; other: bigint },
  percent: bigint,
): { buying: Depth; selling: Depth } {
  const after = (change: bigint) => toRoot((other * other * (100n + change)) / 100n);
  const [up, down] = [after(percent), after(-percent)];
  const ownAt = (reserve: bigint) => (reserve === 0n ? own : (own * other) / reserve);
  return {
    buying: { pays: up - other, gets: own - ownAt(up) },
    selling: { pays: ownAt(down) - own, gets: other - down },
  };
}

/**
 * The same of a pool with concentrated liquidity, as if what lies around the price lay over all of the way: `root` is the
 * square root of the second token's price for one of the first, times 2^96; `isFirst`: the token is the pool's first.
 */
export function depthOfLiquidity(
  { liquidity, root, isFirst }: { liquidity: bigint; root: bigint; isFirst: boolean },
  percent: bigint,
): { buying: Depth; selling: Depth } {
  const after = (change: bigint) => toRoot((root * root * (100n + change)) / 100n);
  const first = (from: bigint, to: bigint) => (liquidity * shift * (to - from)) / (from * to);
  const second = (from: bigint, to: bigint) => (liquidity * (to - from)) / shift;
  // A price of the second token goes up as that of the first goes down.
  const [low, high] = isFirst
    ? [after(-percent), after(percent)]
    : [toRoot((root * root * 100n) / (100n + percent)), toRoot((root * root * 100n) / (100n - percent))];
  const [up, down] = isFirst
    ? [
        { pays: second(root, high), gets: first(root, high) },
        { pays: first(low, root), gets: second(low, root) },
      ]
    : [
        { pays: first(low, root), gets: second(low, root) },
        { pays: second(root, high), gets: first(root, high) },
      ];
  return { buying: up, selling: down };
}

const millionth = 1_000_000n;

/** What a trade with a constant-product pool comes to: `fee` is what of `pays` stays in the pool beside the trade. */
export type Trade = Depth & { fee: bigint; impactMillionths: bigint };

/**
 * A trade with a constant-product pool, rounded as its contract does: so much paid in, or what has to be paid to get so much.
 * The fee is in millionths of what is paid; the impact is by how much less one gets than at the price before, the fee apart.
 * Null: so much is not in the pool.
 */
export function tradeWithReserves(
  { paidIn, takenFrom }: { paidIn: bigint; takenFrom: bigint },
  wish: { pays: bigint } | { gets: bigint },
  feeMillionths: bigint,
): Trade | null {
  const kept = millionth - feeMillionths;
  if (paidIn === 0n || takenFrom === 0n || ('gets' in wish && wish.gets >= takenFrom)) return null;
  const pays = 'pays' in wish ? wish.pays : (paidIn * wish.gets * millionth) / ((takenFrom - wish.gets) * kept) + 1n;
  const weighed = pays * kept;
  return {
    pays,
    gets: (weighed * takenFrom) / (paidIn * millionth + weighed),
    fee: (pays * feeMillionths) / millionth,
    impactMillionths: (weighed * millionth) / (paidIn * millionth + weighed),
  };
}
