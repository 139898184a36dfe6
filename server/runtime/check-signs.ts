import type { Told } from './read-evidence.ts';
import { type Figure, readAllNumbers, toNumber } from './read-figures.ts';

/** Values under such names carry their sign: without one they are rises. */
const signed =
  /(?<!ex|inter)change(?!r|d\b|log)|\breturns?\b|growth|pnl|profit|\bgains?\b|delta|\bnet(?![a-z])|performance|涨跌|涨幅|收益|变动|盈亏/i;

type Signed = { value: number; isPercent: boolean; sign: 'up' | 'down' | 'none' };

/** The numbers of the evidence with what is known of their signs. */
export function gatherSigns({ values, texts }: Told): Signed[] {
  const found = values.flatMap(({ names, value }) => {
    if (value.length > 60 || !/\d/.test(value)) return [];
    const numbers = readAllNumbers(value);
    const isOne = /^\s*[+\-−]?[$€£¥￥]?\s?[\d.,]+\s?%?\s*(?:[A-Z]{2,8})?$/.test(value);
    return numbers.map((one) => toSigned(one, value, isOne && signed.test(names) ? 'up' : 'none'));
  });
  return [...found, ...texts.flatMap((text) => readAllNumbers(text).map((one) => toSigned(one, '', 'none')))];
}

function toSigned({ readings, kind, isNegative }: Figure, text: string, otherwise: 'up' | 'none'): Signed {
  const [reading] = readings;
  return {
    value: reading === undefined ? Number.NaN : toNumber(reading.digits, reading.scale),
    isPercent: kind === 'percent',
    sign: isNegative || /^\s*[-−]/.test(text) ? 'down' : /^\s*\+/.test(text) ? 'up' : otherwise,
  };
}

/**
 * Whether a figure is said to rise or fall where the evidence has it only the other way round: a number with a minus, or one
 * without any that stands where signs count (`change`, `pnl`). What stands elsewhere, such as a drawdown, may be said of both.
 */
export function hasWrongSign({ direction, readings, kind }: Figure, signs: readonly Signed[]): boolean {
  if (direction === null) return false;
  const said = readings.map(({ digits, scale, step }) => [toNumber(digits, scale), toNumber(step, scale)]);
  const isSame = (value: number) =>
    said.some(([figure = 0, step = 0]) => {
      const difference = value - figure;
      const isCut = figure >= step * 9.5 && difference >= 0 && difference < step * 0.999;
      return isCut || Math.abs(difference) <= step * 0.500_001;
    });
  const isPercent = kind === 'percent';
  const alike = signs.filter((one) => one.isPercent === isPercent && isSame(one.value));
  const matches =
    alike.length > 0 || !isPercent
      ? alike
      : signs.filter(({ value, sign }) => isSame(value) || (sign !== 'none' && isSame(value * 100)));
  return matches.length > 0 && matches.every(({ sign }) => sign !== 'none' && sign !== direction);
}
