import type { AlertCondition } from '#server/contract/alert.ts';
import {
  absolute,
  compareDecimals,
  type ExactDecimal,
  getDecimal,
  multiplyDecimals,
  toDistance,
} from '#server/contract/exact-decimal.ts';

export type Judged = { isMet: boolean; fires: boolean; base: string | null };

const hundred: ExactDecimal = { units: 100n, scale: 0 };

/** Whether a condition holds of a figure, to the last digit; of changes: from `base`. */
export function holds(
  { operator, threshold }: AlertCondition,
  value: ExactDecimal,
  base: ExactDecimal | null,
): boolean {
  const wanted = getDecimal(threshold);
  const order = compareDecimals(value, wanted);
  switch (operator) {
    case 'above':
      return order > 0;
    case 'at-least':
    case 'crosses-above':
      return order >= 0;
    case 'below':
      return order < 0;
    case 'at-most':
    case 'crosses-below':
      return order <= 0;
    case 'equals':
      return order === 0;
    case 'differs':
      return order !== 0;
    case 'changes-by':
      return base !== null && isFar(toDistance(value, base), wanted);
    case 'changes-by-percent':
      return (
        base !== null &&
        isFar(multiplyDecimals(toDistance(value, base), hundred), multiplyDecimals(absolute(base), wanted))
      );
  }
}

/** Nothing is no change, also from zero. */
const isFar = (distance: ExactDecimal, wanted: ExactDecimal) =>
  distance.units !== 0n && compareDecimals(distance, wanted) >= 0;

const rising = new Set<string>(['above', 'at-least', 'crosses-above']);
const falling = new Set<string>(['below', 'at-most', 'crosses-below']);
const changing = new Set<string>(['changes-by', 'changes-by-percent']);
const crossing = new Set<string>(['crosses-above', 'crosses-below']);

export const isOfChange = ({ operator }: AlertCondition) => changing.has(operator);

/** Whether a recovery lies where a figure can recover. */
export function fitsRecovery({ operator, threshold, recovery }: AlertCondition): boolean {
  if (recovery === null) return true;
  const order = compareDecimals(getDecimal(recovery), getDecimal(threshold));
  return rising.has(operator) ? order <= 0 : falling.has(operator) && order >= 0;
}

function hasRecovered({ operator, recovery }: AlertCondition, value: ExactDecimal): boolean {
  if (recovery === null) return true;
  const order = compareDecimals(value, getDecimal(recovery));
  return rising.has(operator) ? order <= 0 : order >= 0;
}

/**
 * What a figure means for an alert that saw others before: it fires when the condition begins to hold, and again only
 * after it had recovered.
 */
export function judgeFigure(
  condition: AlertCondition,
  value: ExactDecimal,
  before: { isMet: boolean | null; base: string | null },
  text: string,
): Judged {
  if (isOfChange(condition)) {
    const fires = holds(condition, value, before.base === null ? null : getDecimal(before.base));
    return { isMet: false, fires, base: fires || before.base === null ? text : before.base };
  }
  const isHeld = holds(condition, value, null);
  const isMet = isHeld || (before.isMet === true && !hasRecovered(condition, value));
  const isFirstOfCrossing = before.isMet === null && crossing.has(condition.operator);
  return { isMet, fires: isMet && before.isMet !== true && !isFirstOfCrossing, base: before.base };
}
