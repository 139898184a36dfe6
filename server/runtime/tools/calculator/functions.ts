import type { BigNumber } from 'mathjs';
import { toCalculationError } from './calculation-error.ts';
import type { DecimalConstructor, ExactNumber } from './exact-number.ts';
import type { Operations } from './operations.ts';

type NumberFunction = {
  arity: readonly [least: number, most: number];
  apply: (...values: ExactNumber[]) => ExactNumber;
};

const mostArguments = 200;
const largestAngle = 1e12;

/** The functions an expression may call, by name. Nothing else of the mathematics library is within reach. */
export function createFunctions({ operations, Decimal }: { operations: Operations; Decimal: DecimalConstructor }) {
  const { approximate, divide, multiply, power, root } = operations;
  const whole = (value: number): ExactNumber => ({ value: new Decimal(value), exact: true });
  const one = (apply: (a: ExactNumber) => ExactNumber): NumberFunction => ({
    arity: [1, 1],
    apply: (a = whole(0)) => apply(a),
  });
  const two = (apply: (a: ExactNumber, b: ExactNumber) => ExactNumber): NumberFunction => ({
    arity: [2, 2],
    apply: (a = whole(0), b = whole(0)) => apply(a, b),
  });
  const many = (apply: (values: ExactNumber[]) => ExactNumber): NumberFunction => ({
    arity: [1, mostArguments],
    apply: (...values) => apply(values),
  });
  const same = (work: (value: BigNumber) => BigNumber) => one(({ value, exact }) => ({ value: work(value), exact }));
  const trueAtZero = (work: (value: BigNumber) => BigNumber, check: (value: BigNumber) => void = () => undefined) =>
    one((a) => {
      check(a.value);
      return approximate(work(a.value), () => a.value.isZero(), a);
    });
  const angle = (value: BigNumber) => {
    if (value.abs().gt(largestAngle))
      throw toCalculationError({ en: 'An angle must be below 10^12 radians.', zh: '角度须小于 10^12 弧度。' });
  };
  const unit = (value: BigNumber) => {
    if (value.abs().gt(1))
      throw toCalculationError({
        en: 'asin and acos need a number from -1 to 1.',
        zh: 'asin 和 acos 需要 -1 到 1 之间的数。',
      });
  };
  const moderate = (value: BigNumber) => {
    if (value.abs().gt(2_300))
      throw toCalculationError({ en: 'The result is beyond 10^1000.', zh: '结果超出 10^1000。' });
  };
  const logarithm = (a: ExactNumber, base: ExactNumber) => {
    if (a.value.lte(0) || base.value.lte(0) || base.value.eq(1))
      throw toCalculationError({
        en: 'A logarithm needs positive numbers, and a base other than 1.',
        zh: '对数需要正数，且底数不为 1。',
      });
    const near = a.value.ln().div(base.value.ln());
    const round = near.toDecimalPlaces(0);
    const comesOut =
      round.abs().lte(5_000) &&
      round.minus(near).abs().lt(1e-60) &&
      power(base, { value: round, exact: true }).value.eq(a.value);
    return approximate(comesOut ? round : near, () => comesOut, a, base);
  };
  const naturalLogarithm = (a: ExactNumber) => {
    if (a.value.lte(0)) throw toCalculationError({ en: 'A logarithm needs a positive number.', zh: '对数需要正数。' });
    return approximate(a.value.ln(), () => a.value.eq(1), a);
  };
  const rounded = (a: ExactNumber, places: ExactNumber) => {
    if (!places.value.isInteger() || places.value.isNegative() || places.value.gt(64)) {
      throw toCalculationError({
        en: 'The places of a rounding must be a whole number from 0 to 64.',
        zh: '舍入的小数位数须为 0 到 64 的整数。',
      });
    }
    // An approximate number that is rounded well within its digits is as good as exact, but not proven to be.
    return { value: a.value.toDecimalPlaces(places.value.toNumber(), 4), exact: a.exact };
  };
  const sum = (values: ExactNumber[]) => values.reduce((total, value) => operations.add(total, value), whole(0));
  const pick = (isBetter: (a: ExactNumber, b: ExactNumber) => boolean) =>
    many((values) => values.reduce((best, value) => (isBetter(value, best) ? value : best)));
  const commonDivisor = (a: ExactNumber, b: ExactNumber): ExactNumber =>
    b.value.isZero() ? { ...a, value: a.value.abs() } : commonDivisor(b, operations.remainder(a, b));
  const wholeOnly = (values: ExactNumber[]) => {
    if (values.some(({ value }) => !value.isInteger() || value.e > 90))
      throw toCalculationError({
        en: 'gcd and lcm need whole numbers below 10^90.',
        zh: 'gcd 和 lcm 需要小于 10^90 的整数。',
      });
    return values;
  };

  return new Map<string, NumberFunction>([
    ['percent', one((a) => divide(a, whole(100)))],
    ['sqrt', one((a) => root(a, whole(2)))],
    ['cbrt', one((a) => root(a, whole(3)))],
    ['nthRoot', two(root)],
    ['pow', two(power)],
    ['square', one((a) => multiply(a, a))],
    ['abs', same((value) => value.abs())],
    ['sign', same((value) => new Decimal(value.isZero() ? 0 : value.isNegative() ? -1 : 1))],
    ['floor', same((value) => value.floor())],
    ['ceil', same((value) => value.ceil())],
    ['fix', same((value) => value.trunc())],
    ['round', { arity: [1, 2], apply: (a = whole(0), places = whole(0)) => rounded(a, places) }],
    ['min', pick((a, b) => a.value.lt(b.value))],
    ['max', pick((a, b) => a.value.gt(b.value))],
    ['sum', many(sum)],
    ['mean', many((values) => divide(sum(values), whole(values.length)))],
    ['mod', two(operations.remainder)],
    ['gcd', many((values) => wholeOnly(values).reduce(commonDivisor))],
    [
      'lcm',
      many((values) =>
        wholeOnly(values).reduce((a, b) =>
          a.value.isZero() || b.value.isZero() ? whole(0) : divide(multiply(a, b), commonDivisor(a, b)),
        ),
      ),
    ],
    ['factorial', one(operations.factorial)],
    ['exp', trueAtZero((value) => value.exp(), moderate)],
    ['ln', one(naturalLogarithm)],
    [
      'log',
      {
        arity: [1, 2],
        apply: (a = whole(0), base?) => (base === undefined ? naturalLogarithm(a) : logarithm(a, base)),
      },
    ],
    ['log10', one((a) => logarithm(a, whole(10)))],
    ['log2', one((a) => logarithm(a, whole(2)))],
    ['sin', trueAtZero((value) => value.sin(), angle)],
    ['cos', trueAtZero((value) => value.cos(), angle)],
    ['tan', trueAtZero((value) => value.tan(), angle)],
    ['asin', trueAtZero((value) => value.asin(), unit)],
    ['acos', one((a) => (unit(a.value), approximate(a.value.acos(), () => a.value.eq(1), a)))],
    ['atan', trueAtZero((value) => value.atan(), angle)],
    ['sinh', trueAtZero((value) => value.sinh(), moderate)],
    ['cosh', trueAtZero((value) => value.cosh(), moderate)],
    ['tanh', trueAtZero((value) => value.tanh(), moderate)],
  ]);
}
