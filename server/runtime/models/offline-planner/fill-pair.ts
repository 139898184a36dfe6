import type { Filling } from './fill-arguments.ts';
import type { Ask } from './split-asks.ts';
import type { Parameter } from './tool-view.ts';

/** Beside each other is enough: a question that goes on from another names its tokens so. */
const joins = /^\s*(?:[/\-–:+&]|and|with|和|与|跟|对|兑)?\s*$/i;

/** The pool of two tokens where both are named beside each other: "DUSD/GRDN", "DUSD 和 GRDN". */
export function fillPair(_parameters: Parameter[], { words, found }: Ask, filling: Filling): Filling {
  if (found.some(({ kind, fault }) => kind === 'address' && fault === undefined)) return filling;
  const tokens = found
    .flatMap(({ kind, fault, value, start, end }) =>
      kind === 'token' && fault === undefined && typeof value === 'string' ? [{ symbol: value, start, end }] : [],
    )
    .sort((one, other) => one.start - other.start);
  for (const [place, { symbol, end }] of tokens.entries()) {
    const next = tokens[place + 1];
    if (next === undefined || next.symbol === symbol || !joins.test(words.slice(end, next.start))) continue;
    const missing = filling.missing.filter(({ name }) => name !== 'poolOrToken');
    return { ...filling, missing, arguments: { ...filling.arguments, poolOrToken: `${symbol}/${next.symbol}` } };
  }
  return filling;
}
