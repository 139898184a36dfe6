import type { Filling } from './fill-arguments.ts';
import { dropHidden } from './found.ts';
import type { Ask } from './split-asks.ts';
import type { Parameter } from './tool-view.ts';
import { chineseNumeral, englishNumeral, toArabic, toDigits } from './recognise-numerals.ts';

const count = `(\\d{1,3}|${englishNumeral})`;
const latest = new RegExp(
  `\\b(?:last|latest|newest|(?:most )?recent|first)\\s+${count}\\s+(?:\\w+\\s+)?(?:transactions?|txs?|txns?)\\b|\\b${count}\\s+(?:last|latest|newest|most recent)\\s+(?:transactions?|txs?|txns?)\\b|(?:最近|最新|最后|近)的?\\s*(\\d{1,3}|${chineseNumeral})\\s*[笔个条次]`,
  'i',
);

/** How many of a list's newest are wanted: "the last three transactions", "最近三笔交易". */
export function fillLatest(parameters: Parameter[], { words }: Ask, filling: Filling): Filling {
  const [, one, other, chinese] = latest.exec(dropHidden(words)) ?? [];
  const english = one ?? other;
  const written = english !== undefined ? toDigits(english) : chinese !== undefined ? toArabic(chinese) : null;
  const most = Number(written);
  if (written === null || !Number.isInteger(most) || most < 1) return filling;
  if (!parameters.some(({ name }) => name === 'most')) return filling;
  return { ...filling, arguments: { ...filling.arguments, most } };
}
