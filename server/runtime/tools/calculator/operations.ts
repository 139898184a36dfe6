import type { BigNumber } from 'mathjs';
import { toCalculationError } from './calculation-error.ts';
import { checkRange, type DecimalConstructor, type ExactNumber, largestExponent } from './exact-number.ts';

const dividedByZero = { en: 'Division by zero.', zh: '不能除以零。' };

export type Operations = ReturnType<typeof createOperations>;

/** The four operations, powers and roots; each knows whether its result is exact. */
export function createOperations({ Wide }: { Wide: DecimalConstructor }) {
  const wide = (value: BigNumber) => new Wide(value);
  const known = (value: BigNumber, isTrue: () => boolean, ...from: ExactNumber[]) =>
    checkRange({ value, exact: value.isFinite() && from.every(({ exact }) => exact) && isTrue() });

  const multiply = (a: ExactNumber, b: ExactNumber) => {
    const value = a.value.times(b.value);
    return known(value, () => wide(a.value).times(b.value).eq(value), a, b);
  };
  const divide = (a: ExactNumber, b: ExactNumber) => {
    if (b.value.isZero()) throw toCalculationError(dividedByZero);
    const value = a.value.div(b.value);
    return known(value, () => wide(value).times(b.value).eq(a.value), a, b);
  };
  const power = (base: ExactNumber, exponent: ExactNumber) => {
    const isWhole = exponent.value.isInteger();
    if (base.value.isZero() && exponent.value.isNegative()) throw toCalculationError(dividedByZero);
    if (base.value.isNegative() && !isWhole)
      throw toCalculationError({
        en: 'A fractional power of a negative number is not real.',
        zh: '负数的分数次幂不是实数。',
      });
    if (!base.value.isZero() && exponent.value.times(base.value.abs().log(10)).abs().gt(largestExponent)) {
      throw toCalculationError({ en: 'A power on the way is beyond 10^1000.', zh: '计算中的某个幂超出 10^1000。' });
    }
    const value = base.value.pow(exponent.value);
    const isTrue = () => {
      if (base.value.isZero() || base.value.eq(1)) return true;
      const size = exponent.value.abs();
      if (isWhole && size.lte(5_000)) {
        const whole = wide(base.value).pow(size);
        return exponent.value.isNegative() ? whole.times(value).eq(1) : whole.eq(value);
      }
      const root = new Wide(1).div(exponent.value);
      return root.isInteger() && root.abs().lte(1_000) && wide(value).pow(root).eq(base.value);
    };
    return known(value, isTrue, base, exponent);
  };

  return {
    add: (a: ExactNumber, b: ExactNumber) => {
      const value = a.value.plus(b.value);
      return known(value, () => wide(a.value).plus(b.value).eq(value), a, b);
    },
    subtract: (a: ExactNumber, b: ExactNumber) => {
      const value = a.value.minus(b.value);
      return known(value, () => wide(a.value).minus(b.value).eq(value), a, b);
    },
    multiply,
    divide,
    power,
    /** The n-th root; exact where the root comes out even. */
    root: (a: ExactNumber, degree: ExactNumber) => {
      if (!degree.value.isInteger() || degree.value.lte(0) || degree.value.gt(1_000)) {
        throw toCalculationError({
          en: 'The degree of a root must be a whole number from 1 to 1000.',
          zh: '开方的次数须为 1 到 1000 的整数。',
        });
      }
      const isOdd = !degree.value.mod(2).isZero();
      if (a.value.isNegative() && !isOdd)
        throw toCalculationError({
          en: 'An even root of a negative number is not real.',
          zh: '负数的偶次方根不是实数。',
        });
      const near = a.value.abs().pow(new Wide(1).div(degree.value));
      const even = near.toSignificantDigits(80);
      const comesOut = wide(even).pow(degree.value).eq(a.value.abs());
      const size = comesOut ? even : near;
      return checkRange({
        value: a.value.isNegative() ? size.neg() : size,
        exact: comesOut && a.exact && degree.exact,
      });
    },
    factorial: (a: ExactNumber) => {
      if (!a.value.isInteger() || a.value.isNegative())
        throw toCalculationError({
          en: 'A factorial needs a whole number, not below zero.',
          zh: '阶乘需要不小于零的整数。',
        });
      if (a.value.gt(449))
        throw toCalculationError({
          en: 'A factorial is worked out up to 449!, which is below 10^1000.',
          zh: '阶乘最多计算到 449!，它小于 10^1000。',
        });
      let whole = new Wide(1);
      for (let factor = 2; a.value.gte(factor); factor += 1) whole = whole.times(factor);
      const value = a.value.minus(a.value).plus(whole);
      return known(value, () => whole.eq(value), a);
    },
    remainder: (a: ExactNumber, b: ExactNumber) => {
      if (b.value.isZero())
        throw toCalculationError({
          en: 'The remainder of a division by zero is not defined.',
          zh: '除以零的余数没有定义。',
        });
      const quotient = wide(a.value).div(b.value).floor();
      const whole = wide(a.value).minus(quotient.times(b.value));
      const value = b.value.minus(b.value).plus(whole);
      return known(value, () => whole.eq(value), a, b);
    },
    /** A function whose values mostly have no end; exact only where `isTrue` finds so. */
    approximate: (value: BigNumber, isTrue: () => boolean, ...from: ExactNumber[]) => known(value, isTrue, ...from),
  };
}
