import { z } from 'zod';

/** A number as people write it, with every digit kept: `-12.5`. No exponents, no separators. */
export const DecimalText = z
  .string()
  .trim()
  .max(120)
  .regex(/^-?(?:\d+\.?\d*|\.\d+)$/, 'Write a number such as 1000 or 0.25.');

/** A decimal number without rounding: `units` of 10 to the power of minus `scale`. */
export type ExactDecimal = { units: bigint; scale: number };

const longestExponent = 400;

/** Reads a number as JSON, SQL or a person writes it; null where it is none. */
export function parseDecimal(value: unknown): ExactDecimal | null {
  if (typeof value === 'bigint') return { units: value, scale: 0 };
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  const found = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d{1,4}))?$/i.exec(text);
  const [, sign = '', whole = '', part = '', exponent = '0'] = found ?? [];
  if (found === null || text.length > 400 || `${whole}${part}` === '') return null;
  const shift = Number(exponent);
  if (Math.abs(shift) > longestExponent) return null;
  const digits = BigInt(`${whole}${part}`) * (sign === '-' ? -1n : 1n);
  const scale = part.length - shift;
  return scale >= 0 ? { units: digits, scale } : { units: digits * 10n ** BigInt(-scale), scale: 0 };
}

/** @throws {Error} where it is no number */
export function getDecimal(text: string): ExactDecimal {
  const found = parseDecimal(text);
  if (found === null) throw new Error(`"${text.slice(0, 40)}" is no number.`);
  return found;
}

function align(one: ExactDecimal, other: ExactDecimal): [bigint, bigint, number] {
  const scale = Math.max(one.scale, other.scale);
  const widen = ({ units, scale: own }: ExactDecimal) => units * 10n ** BigInt(scale - own);
  return [widen(one), widen(other), scale];
}

/** Below zero where the first is smaller, above where it is larger. */
export function compareDecimals(one: ExactDecimal, other: ExactDecimal): number {
  const [first, second] = align(one, other);
  return first < second ? -1 : first > second ? 1 : 0;
}

/** How far two numbers are from each other. */
export function toDistance(one: ExactDecimal, other: ExactDecimal): ExactDecimal {
  const [first, second, scale] = align(one, other);
  return { units: first < second ? second - first : first - second, scale };
}

export function addDecimals(one: ExactDecimal, other: ExactDecimal): ExactDecimal {
  const [first, second, scale] = align(one, other);
  return { units: first + second, scale };
}

export function multiplyDecimals(one: ExactDecimal, other: ExactDecimal): ExactDecimal {
  return { units: one.units * other.units, scale: one.scale + other.scale };
}

export const absolute = ({ units, scale }: ExactDecimal): ExactDecimal => ({
  units: units < 0n ? -units : units,
  scale,
});

/** All of its digits, without zeros at the end. */
export function showDecimal({ units, scale }: ExactDecimal): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const part = digits.slice(digits.length - scale).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${whole}${part === '' ? '' : `.${part}`}`;
}
