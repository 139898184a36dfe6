import type { BigNumber } from 'mathjs';
import { toCalculationError } from './calculation-error.ts';

/** A decimal number, and whether it is the true value or was rounded on the way. */
export type ExactNumber = { value: BigNumber; exact: boolean };
export type DecimalConstructor = new (value: BigNumber | number | string) => BigNumber;

/** Digits that are carried; more than are shown, so that 1/3*3 is 1 again. */
export const workingDigits = 100;
export const shownDigits = 64;
/** Numbers beyond 10^±1000 are refused: nobody reads them, and they take long. */
export const largestExponent = 1_000;
/** Enough digits to hold any sum or product of two numbers within the limits. */
export const wideDigits = 2 * largestExponent + 2 * workingDigits;

/** @throws {HubError} when a number is outside of what the calculator works with */
export function checkRange(number: ExactNumber): ExactNumber {
  const { value } = number;
  if (value.isNaN()) throw toCalculationError({ en: 'The result is not a real number.', zh: '结果不是实数。' });
  if (!value.isFinite())
    throw toCalculationError({
      en: 'The result is infinite: is there a division by zero?',
      zh: '结果是无穷大：是否除以了零？',
    });
  if (!value.isZero() && Math.abs(value.e) > largestExponent) {
    throw toCalculationError(
      value.e > 0
        ? { en: 'A number on the way is larger than 10^1000.', zh: '计算中的某个数大于 10^1000。' }
        : { en: 'A number on the way is smaller than 10^-1000.', zh: '计算中的某个数小于 10^-1000。' },
    );
  }
  return number;
}

/** All digits of an exact number; 64 significant digits of a rounded one. */
export function formatNumber({ value, exact }: ExactNumber): string {
  const shown = exact ? value : value.toSignificantDigits(shownDigits);
  if (shown.isZero()) return '0';
  return exact ? shown.toFixed() : shown.e > shownDigits || shown.e < -20 ? shown.toExponential() : shown.toFixed();
}
