import { findWrongCounts } from './check-counts.ts';
import { findUnsourcedDays } from './check-days.ts';
import { findWrongMultiples, saysMultiple } from './check-multiples.ts';
import { findUnsourcedFindings, findUnsourcedNames } from './check-names.ts';
import { gatherSigns, hasWrongSign } from './check-signs.ts';
import { findUnsourcedTimes } from './check-times.ts';
import { isRatio, isWrongRatio } from './is-wrong-ratio.ts';
import { readEvidence, type Told } from './read-evidence.ts';
import { type Figure, type Reading, readAllNumbers, readFigures, toNumber, toValue } from './read-figures.ts';

/** Newest first; what a long conversation had before counts no more. */
const mostCharacters = 400_000;
const mostEvidence = 100_000;
const mostTold = 30;
const mostNear = 200;
/** Whole numbers up to here may count, number or order things. */
const largestSmall = 31n;
/** Between the units in which chains and people count: USDC, BTC, gwei, ether. */
const unitShifts = [6, 8, 9, 18];
/** Windows that people speak of whatever the figures are. */
const usualSpans = new Set([48, 50, 52, 60, 90, 100, 120, 180, 200, 360, 365].map(BigInt));
/** Two ends so near each other tell where a figure lies. */
const narrowRange = 1.15;

type Known = { near: number; digits: bigint; scale: number; isPercent: boolean };
type Evidence = { amounts: Known[]; percents: Known[] };

/**
 * The figures, days, addresses, names and findings of an answer that are in none of the texts that it may rest on, as they are written,
 * each once.
 *
 * A figure counts as known also where it is written in another way (1,234.50, 1.234,5, 一千二百万), rounded to fewer digits, as
 * a percentage or basis points of one, in the larger unit of a chain or of time. What has a minus where
 * signs count is no rise, and the other way round. Small counts are compared with the lists that they count, ratios and words such as
 * "doubled" with the figures beside them; code in a fence is not read.
 */
export function findUnsourcedFigures(answer: string, evidence: readonly string[]): string[] {
  const all = readFigures(answer);
  const isChecked = (figure: Figure) => !isHarmless(figure) || isRatio(figure, answer);
  const figures = all.filter((figure) => !isHarmless(figure));
  const newest = toNewest(evidence);
  const known = all.some(isChecked) || saysMultiple(answer) ? gatherKnown(newest) : { amounts: [], percents: [] };
  const isKnownHere = (figure: Figure) => isKnown(figure, known);
  const unknown = all
    .filter((figure) => isChecked(figure) && !isKnownHere(figure))
    .filter((figure) =>
      isHarmless(figure)
        ? isWrongRatio(figure, { all, text: answer, isKnown: isKnownHere })
        : !isInRange(figure, { figures, known, answer }),
    );
  const others = [findUnsourcedDays, findUnsourcedTimes, findUnsourcedNames, findUnsourcedFindings].flatMap((find) =>
    find(answer, newest),
  );
  // Most answers say nothing that it is needed for.
  let told: Told | undefined;
  const readTold = () => (told ??= readEvidence(newest.filter((text) => text !== '')));
  const signs = figures.some(({ direction }) => direction !== null) ? gatherSigns(readTold()) : [];
  const wrong = [
    ...figures.filter((figure) => hasWrongSign(figure, signs)).map(({ written }) => written),
    ...findWrongMultiples(answer, { figures: all, isKnown: isKnownHere }),
    ...findWrongCounts(answer, readTold),
  ];
  return [...new Set([...unknown.map(({ written }) => written), ...wrong, ...others])].slice(0, mostTold);
}

function isHarmless({ readings, isPlain, seconds }: Figure): boolean {
  const [one, other] = readings;
  if (one === undefined || other !== undefined) return false;
  if (one.digits === 0n) return true;
  if (one.scale > 0 || !isPlain) return false;
  if (seconds !== null) return one.digits <= largestSmall || usualSpans.has(one.digits);
  return one.digits <= largestSmall || (one.digits >= 1900n && one.digits <= 2100n);
}

function toNewest(evidence: readonly string[]): string[] {
  let left = mostCharacters;
  return evidence.toReversed().map((text) => {
    const taken = text.slice(0, Math.max(0, left));
    left -= taken.length;
    return taken;
  });
}

function gatherKnown(evidence: readonly string[]): Evidence {
  const lists = { amounts: new Map<string, Known>(), percents: new Map<string, Known>() };
  const decimals = evidence.flatMap((text) =>
    [...text.matchAll(/"decimals":\s?(\d{1,2})\b/g)].map((match) => Number(match[1])),
  );
  const shifts = [...new Set([...unitShifts, ...decimals])].filter((shift) => shift > 0);
  for (const { readings, kind } of evidence.flatMap(readAllNumbers)) {
    const add = (to: keyof Evidence, { digits, scale }: Pick<Reading, 'digits' | 'scale'>, isPercent: boolean) => {
      const [list, name] = [lists[to], `${digits}/${scale}`];
      const before = list.get(name);
      if (before !== undefined) before.isPercent &&= isPercent;
      else if (list.size < mostEvidence) list.set(name, { near: toNumber(digits, scale), digits, scale, isPercent });
    };
    for (const { digits, scale } of readings) {
      const isPercent = kind !== 'amount';
      add('amounts', { digits, scale }, isPercent);
      add('percents', { digits, scale }, isPercent);
      if (isPercent) {
        add('amounts', { digits, scale: scale + 2 }, false);
        if (kind === 'points') add('percents', { digits, scale: scale + 2 }, true);
        continue;
      }
      add('percents', { digits: digits * 100n, scale }, false);
      if (scale > 0) continue;
      // Basis points, and the fees of pools in hundredths of them.
      for (const shift of digits < 1_000_000n ? [2, 4] : []) add('percents', { digits, scale: shift }, false);
      for (const shift of shifts) add('amounts', { digits, scale: shift }, false);
    }
  }
  const sort = (list: Map<string, Known>) => [...list.values()].sort((one, other) => one.near - other.near);
  return { amounts: sort(lists.amounts), percents: sort(lists.percents) };
}

/** Whether one of the known numbers, rounded or cut to the digits of the figure, is the figure. */
function isKnown(figure: Figure, { amounts, percents }: Evidence): boolean {
  const { readings, parts, kind, seconds } = figure;
  const isIn = (reading: Reading, list: Known[]) => findNear(reading, list).some((one) => isSame(figure, reading, one));
  const among = kind === 'amount' ? amounts : percents;
  if (readings.some((reading) => isIn(reading, among))) return true;
  if (kind === 'points' && readings.some((reading) => isIn({ ...reading, scale: reading.scale + 2 }, percents)))
    return true;
  if (seconds !== null && readings.some((reading) => isIn(toSeconds(reading, seconds), amounts))) return true;
  const checked = (parts ?? []).filter(({ digits }) => digits > largestSmall);
  return checked.length > 0 && checked.every((part) => isIn(part, amounts));
}

function toSeconds({ digits, scale, step }: Reading, seconds: number): Reading {
  if (seconds < 1) return { digits, scale: scale + 3, step };
  const factor = BigInt(seconds);
  return { digits: digits * factor, scale, step: step * factor };
}

function findNear({ digits, scale, step: unit }: Reading, known: readonly Known[]): Known[] {
  const value = toNumber(digits, scale);
  const step = toNumber(unit, scale);
  let low = 0;
  for (let high = known.length; low < high;) {
    const middle = Math.floor((low + high) / 2);
    if ((known[middle]?.near ?? 0) < (value - step) * 0.999_999) low = middle + 1;
    else high = middle;
  }
  const near = known.slice(low, low + mostNear);
  const end = near.findIndex((one) => one.near > (value + step) * 1.000_001);
  return end === -1 ? near : near.slice(0, end);
}

function isSame({ isMoney, isBound, seconds }: Figure, reading: Reading, one: Known): boolean {
  if ((isMoney || seconds !== null) && one.isPercent) return false;
  const scale = Math.max(reading.scale, one.scale);
  const lift = (digits: bigint, from: number) => digits * 10n ** BigInt(scale - from);
  const [written, exact, step] = [
    lift(reading.digits, reading.scale),
    lift(one.digits, one.scale),
    lift(reading.step, reading.scale),
  ];
  const difference = exact - written;
  // One digit that is cut may be off by half: "1 million" is not 1.9.
  const mayBeCut = isBound || written >= step * 10n;
  if (mayBeCut && difference >= 0n && difference < step) return true;
  return (difference < 0n ? -difference : difference) * 2n <= step;
}

/** Whether a figure is an end of a narrow range that a known number lies in: "1.2–1.3 million". */
function isInRange(
  figure: Figure,
  { figures, known, answer }: { figures: Figure[]; known: Evidence; answer: string },
): boolean {
  const isBetween = (one: Figure, other: Figure) =>
    /^\s?(?:-|–|—|~|～|to|and|至|到|和)\s?$/.test(answer.slice(one.index + one.written.length, other.index));
  const at = figures.indexOf(figure);
  const [before, after] = [figures[at - 1], figures[at + 1]];
  const pair =
    after !== undefined && isBetween(figure, after)
      ? [figure, after]
      : before !== undefined && isBetween(before, figure)
        ? [before, figure]
        : null;
  const [low, high] = (pair ?? []).map(toValue);
  if (low === undefined || high === undefined || low <= 0 || high < low || high > low * narrowRange) return false;
  return (figure.kind === 'amount' ? known.amounts : known.percents).some(({ near }) => near >= low && near <= high);
}
