import type { Filling } from './fill-arguments.ts';
import type { Ask } from './split-asks.ts';
import type { Parameter } from './tool-view.ts';

/** Beside each other is enough: a question that goes on from another names its tokens so. */
const joins = /^\s*(?:[/\-–:+&]|and|with|和|与|跟|对|兑)?\s*$/i;

/** The pool of two tokens where both are named beside each other: "DUSD/GRDN", "DUSD 和 GRDN". */
export function fillPair(_parameters: Parameter[], { words, found }: Ask, filling: Filling): Filling {
  if (found.some(({ kind, fault }) => kind === 'address' && fault === undefined)) return filling;
  const tokens = found
    .filter(({ kind, fault, value }) => kind === 'token' && fault === undefined && typeof value === 'string')
    .sort((one, other) => one.start - other.start);
  const place = tokens.findIndex(({ end }, at) => {
    const next = tokens[at + 1];
    return next !== undefined && joins.test(words.slice(end, next.start));
  });
  const [one, other] = place === -1 ? [] : tokens.slice(place, place + 2);
  if (one === undefined || other === undefined || one.value === other.value) return filling;
  const missing = filling.missing.filter(({ name }) => name !== 'poolOrToken');
  const pair = `${String(one.value)}/${String(other.value)}`;
  return { ...filling, missing, arguments: { ...filling.arguments, poolOrToken: pair } };
}
