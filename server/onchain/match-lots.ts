/** What a lot came for, or left for; `null`: no price was found. Values are integers of the quote's smallest unit. */
export type LotEnd<Detail> = { amount: bigint; value: bigint | null; detail: Detail };

/** Something that came, or that left, in the order in which it happened. */
export type LotMove<Detail> = LotEnd<Detail> & { kind: 'in' | 'out' };

export type MatchedLot<Detail> = {
  amount: bigint;
  cost: bigint | null;
  acquired: Detail | null;
  /** Null: still held. */
  left: Detail | null;
  proceeds: bigint | null;
};

type OpenLot<Detail> = { amount: bigint; cost: bigint | null; detail: Detail };

/** A part of a value, rounded down; what is left of it stays with the rest, so that the parts add up to the whole. */
const partOf = (value: bigint | null, amount: bigint, whole: bigint): bigint | null =>
  value === null ? null : whole === 0n ? 0n : (value * amount) / whole;

/**
 * Matches what left with what came, first in first out. A lot that is left in parts is split; what left without having come
 * has no known cost (`acquired` is null).
 */
export function matchFirstIn<Detail>(moves: readonly LotMove<Detail>[]): MatchedLot<Detail>[] {
  const open: OpenLot<Detail>[] = [];
  const lots: MatchedLot<Detail>[] = [];
  for (const { kind, amount, value, detail } of moves) {
    if (amount === 0n) continue;
    if (kind === 'in') {
      open.push({ amount, cost: value, detail });
      continue;
    }
    let left = { amount, value };
    while (left.amount > 0n) {
      const [first] = open;
      const used = first === undefined || first.amount > left.amount ? left.amount : first.amount;
      const proceeds = partOf(left.value, used, left.amount);
      if (first === undefined) lots.push({ amount: used, cost: null, acquired: null, left: detail, proceeds });
      else {
        const cost = partOf(first.cost, used, first.amount);
        lots.push({ amount: used, cost, acquired: first.detail, left: detail, proceeds });
        first.amount -= used;
        if (first.cost !== null && cost !== null) first.cost -= cost;
        if (first.amount === 0n) open.shift();
      }
      left = {
        amount: left.amount - used,
        value: left.value === null || proceeds === null ? null : left.value - proceeds,
      };
    }
  }
  const held = open.map(({ amount, cost, detail }): MatchedLot<Detail> => ({
    amount,
    cost,
    acquired: detail,
    left: null,
    proceeds: null,
  }));
  return [...lots, ...held];
}

/**
 * Gains by the average cost of what is held at the time. Null: something without a price was among it when a part left, or
 * is among it still, or more left than had come, so that there is no average.
 */
export function averageCost(
  moves: readonly Pick<LotMove<unknown>, 'kind' | 'amount' | 'value'>[],
  valueNow: bigint | null,
): { realised: bigint; unrealised: bigint } | null {
  let held = 0n;
  let cost: bigint | null = 0n;
  let realised = 0n;
  for (const { kind, amount, value } of moves) {
    if (amount === 0n) continue;
    if (kind === 'in') {
      held += amount;
      cost = cost === null || value === null ? null : cost + value;
      continue;
    }
    if (amount > held || cost === null || value === null) return null;
    const part: bigint = (cost * amount) / held;
    realised += value - part;
    cost -= part;
    held -= amount;
  }
  if (held === 0n) return { realised, unrealised: 0n };
  return cost === null || valueNow === null ? null : { realised, unrealised: valueNow - cost };
}
