import type { JsonValue } from '#server/contract/json.ts';
import type { Found } from './found.ts';
import { parseJson, recogniseBlocks } from './recognise.ts';
import { toTableOfRecords } from './recognise-tables.ts';
import { readResult } from './read-result.ts';

const mainKeys = ['result', 'value', 'answer', 'formatted', 'total', 'amount', 'balance', 'price'];
const asNumber = (value: JsonValue | undefined): string | null =>
  typeof value === 'number'
    ? String(value)
    : typeof value === 'string' && /^-?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(value.trim())
      ? value.trim().replaceAll(',', '')
      : null;

/** The number that a result is about, or null: its main member, else its only number. */
export function findNumber(value: JsonValue): string | null {
  const own = asNumber(value);
  if (own !== null || value === null || typeof value !== 'object') return own;
  if (Array.isArray(value)) return value.length === 1 ? findNumber(value[0] ?? null) : null;
  for (const key of mainKeys) {
    const member = value[key];
    const number = member === undefined ? null : findNumber(member);
    if (number !== null) return number;
  }
  const numbers = Object.values(value)
    .map(asNumber)
    .filter((number) => number !== null);
  return numbers.length === 1 ? (numbers[0] ?? null) : null;
}

function findTable(value: JsonValue, depth = 0): JsonValue | null {
  const table = toTableOfRecords(value);
  if (table !== null || depth > 2 || value === null || typeof value !== 'object') return table;
  for (const member of Object.values(value)) {
    const inner: JsonValue | null = findTable(member, depth + 1);
    if (inner !== null) return inner;
  }
  return null;
}

/** What an earlier step's result holds that a later step can use. */
export function findInResult(text: string): Found[] {
  const { body, sources } = readResult(text);
  const json = parseJson(body);
  const place = { text: body, start: 0, end: 0 };
  const table = json === undefined ? null : findTable(json);
  const number =
    json === undefined
      ? (/(?:=|is|:|为|是)\s*\**(-?\d[\d,]*(?:\.\d+)?)\**\s*\.?$/i.exec(body.trim())?.[1]?.replaceAll(',', '') ??
        asNumber(body))
      : findNumber(json);
  const inside = recogniseBlocks(body.slice(0, 20_000)).filter(
    ({ kind, fault }) =>
      fault === undefined &&
      (['url', 'address', 'hash', 'ens-name'].includes(kind) || (kind === 'table' && json === undefined)),
  );
  return [
    ...(number === null ? [] : [{ kind: 'number' as const, value: Number(number), ...place, text: number }]),
    ...(table === null ? [] : [{ kind: 'table' as const, value: table, ...place }]),
    ...inside,
    ...sources.flatMap(({ url }) => (url === null ? [] : [{ kind: 'url' as const, value: url, ...place }])),
  ];
}

/** The figure that an earlier answer of this planner set in bold, so that "times 2" goes on from it. */
export function findInAnswer(answer: string): Found[] {
  const figure = [...answer.matchAll(/\*\*(-?\d[\d,]*(?:\.\d+)?)\*\*/g)].at(-1)?.[1];
  return figure === undefined
    ? []
    : [
        {
          kind: 'number',
          text: figure.replaceAll(',', ''),
          value: Number(figure.replaceAll(',', '')),
          start: 0,
          end: 0,
        },
      ];
}
