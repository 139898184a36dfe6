import { isObject } from '#server/contract/is-object.ts';
import type { JsonObject, JsonValue } from '#server/contract/json.ts';
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

/** Rows as plain cells: of an exact amount its number and symbol, of SQL's rows the columns' names; links are left out. */
function toPlainRows(value: JsonValue): JsonValue {
  if (isObject(value) && Array.isArray(value['columns']) && Array.isArray(value['rows'])) {
    const names = value['columns'].map((column) => (isObject(column) ? String(column['name'] as string) : ''));
    return value['rows'].map((row) =>
      Object.fromEntries(
        names.map((name, place) => [name, Array.isArray(row) ? toPlainCell(row[place] ?? null) : null]),
      ),
    );
  }
  if (!Array.isArray(value) || !value.every(isObject)) return value;
  if (value.some((row) => row['valueUsd'] !== undefined)) return value.flatMap(toValuedRow);
  return value.map((row) => {
    const amount = Object.values(row).find((cell) => isObject(cell) && typeof cell['symbol'] === 'string');
    const symbol = isObject(amount ?? null) ? { symbol: (amount as JsonObject)['symbol'] ?? null } : {};
    const cells = Object.entries(row).filter(([name, cell]) => !/url$|hash$/i.test(name) && typeof cell !== 'boolean');
    return { ...symbol, ...Object.fromEntries(cells.map(([name, cell]) => [name, toPlainCell(cell)])) };
  });
}

/** What is held of several tokens has no common measure but what it is worth. */
function toValuedRow({ chain, token, amount, valueUsd }: JsonObject): JsonObject[] {
  if (!isObject(amount ?? null) || valueUsd === undefined) return [];
  const symbol = (amount as JsonObject)['symbol'] ?? null;
  return [{ symbol, chain: chain ?? null, token: token ?? null, dollars: toPlainCell(valueUsd) }];
}

function toPlainCell(cell: JsonValue): JsonValue {
  if (isObject(cell) && typeof cell['formatted'] === 'string') return Number(cell['formatted']);
  return typeof cell === 'string' && /^-?\d{1,15}(?:\.\d+)?$/.test(cell) ? Number(cell) : cell;
}

const isAmount = (row: JsonValue) => isObject(row) && Object.values(row).some((cell) => typeof cell === 'number');

function findTable(value: JsonValue, depth = 0): JsonValue | null {
  const rows = toPlainRows(value);
  const table = Array.isArray(rows) && !rows.some(isAmount) ? null : toTableOfRecords(rows);
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
