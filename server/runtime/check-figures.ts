import { type Figure, readAllNumbers, readFigures } from './read-figures.ts';

/** Newest first; what a long conversation had before counts no more. */
const mostCharacters = 400_000;
const mostEvidence = 100_000;
const mostTold = 30;
const mostNear = 200;
/** Whole numbers up to here may count, number or order things. */
const largestSmall = 31n;
/** Between the units in which chains and people count: USDC, BTC, gwei, ether. */
const unitShifts = [6, 8, 9, 18];

type Known = { near: number; digits: bigint; scale: number };

/**
 * The figures, addresses and findings of an answer that are in none of the texts that it may rest on, as they are written,
 * each once.
 *
 * A figure counts as known also where it is written in another way (1,234.50 and 1234.5), rounded to fewer digits, as a
 * percentage of one, or in the larger unit of a chain. Dates, ordinals, small counts and names are no figures.
 */
export function findUnsourcedFigures(answer: string, evidence: readonly string[]): string[] {
  const figures = readFigures(answer).filter((figure) => !isHarmless(figure));
  const known = figures.length === 0 ? [] : gatherKnown(toNewest(evidence));
  const unknown = figures.filter((figure) => !isKnown(figure, known)).map(({ written }) => written);
  const named = [...findUnsourcedAddresses(answer, evidence), ...findUnsourcedFindings(answer, evidence)];
  return [...new Set([...unknown, ...named])].slice(0, mostTold);
}

/** Addresses and hashes are whole, or they are no use to anybody. */
function findUnsourcedAddresses(answer: string, evidence: readonly string[]): string[] {
  const wholeHex = /0x[\da-f]{40}(?:[\da-f]{24})?(?![\da-f])/gi;
  const said = answer.match(wholeHex) ?? [];
  if (said.length === 0) return [];
  const known = new Set(evidence.flatMap((text) => text.match(wholeHex) ?? []).map((hex) => hex.toLowerCase()));
  return said.filter((hex) => !known.has(hex.toLowerCase()));
}

/** Findings of an audit are named by their numbers (`F3`): one that no audit of the turn has was made up. */
function findUnsourcedFindings(answer: string, evidence: readonly string[]): string[] {
  const known = new Set(evidence.flatMap((text) => text.match(/(?<="id":")F\d+(?=","severity":)/g) ?? []));
  return known.size === 0 ? [] : (answer.match(/\bF\d{1,4}\b/g) ?? []).filter((id) => !known.has(id));
}

function isHarmless({ digits, scale, isPlain }: Figure): boolean {
  if (digits === 0n) return true;
  return isPlain && scale === 0 && (digits <= largestSmall || (digits >= 1900n && digits <= 2100n));
}

function toNewest(evidence: readonly string[]): string[] {
  let left = mostCharacters;
  return evidence.toReversed().map((text) => {
    const taken = text.slice(0, Math.max(0, left));
    left -= taken.length;
    return taken;
  });
}

function gatherKnown(evidence: readonly string[]): Known[] {
  const found = new Map<string, Known>();
  const add = (digits: bigint, scale: number) => {
    const name = `${digits}/${scale}`;
    if (found.size < mostEvidence && !found.has(name))
      found.set(name, { near: toNumber(digits, scale), digits, scale });
  };
  for (const { digits, scale, isPercent } of evidence.flatMap(readAllNumbers)) {
    add(digits, scale);
    add(digits, scale + 2);
    if (isPercent) continue;
    add(digits * 100n, scale);
    if (scale === 0) for (const shift of unitShifts) add(digits, shift);
  }
  return [...found.values()].sort((one, other) => one.near - other.near);
}

function toNumber(digits: bigint, scale: number): number {
  return Number(`${digits}e-${scale}`);
}

/** Whether one of the known numbers, rounded or cut to the digits of the figure, is the figure. */
function isKnown(figure: Figure, known: readonly Known[]): boolean {
  const value = toNumber(figure.digits, figure.scale);
  const step = toNumber(figure.step, figure.scale);
  let low = 0;
  for (let high = known.length; low < high;) {
    const middle = Math.floor((low + high) / 2);
    if ((known[middle]?.near ?? 0) < (value - step) * 0.999_999) low = middle + 1;
    else high = middle;
  }
  for (let index = low; index < low + mostNear; index += 1) {
    const one = known[index];
    if (one === undefined || one.near > (value + step) * 1.000_001) return false;
    if (isSame(figure, one)) return true;
  }
  return false;
}

function isSame(figure: Figure, one: Known): boolean {
  const scale = Math.max(figure.scale, one.scale);
  const lift = (digits: bigint, from: number) => digits * 10n ** BigInt(scale - from);
  const [written, exact, step] = [
    lift(figure.digits, figure.scale),
    lift(one.digits, one.scale),
    lift(figure.step, figure.scale),
  ];
  const difference = exact - written;
  return (difference >= 0n && difference < step) || (difference < 0n ? -difference : difference) * 2n <= step;
}
