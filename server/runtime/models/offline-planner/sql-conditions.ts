import { dropHidden, type Found } from './found.ts';
import { findColumns } from './sql-columns.ts';
import { quoteName, type TableColumn } from './sql-schema.ts';
import type { Ask } from './split-asks.ts';

/** Conditions of SQL, and the values that they are bound to. */
export type Conditions = { sql: string[]; parameters: Record<string, string | number>; used: string[] };
type Bind = (value: string | number) => string;

const english = 'january february march april may june july august september october november december'.split(' ');
const more = '>=|≥|at least|no less than|不少于|不低于|至少';
const less = '<=|≤|at most|no more than|不超过|不多于|至多';
const over = '>|over|above|more than|greater than|larger than|exceed(?:s|ing)?|bigger than|大于|超过|高于|多于';
const under = '<|under|below|less than|smaller than|lower than|fewer than|小于|低于|少于';
const comparison = new RegExp(
  `([\\p{L}_][\\p{L}\\d_ ]{0,30}?)?\\s*(?:is|are|was|were|of)?\\s*(?:(${more})|(${less})|(${over})|(${under}))\\s*\\$?(-?\\d[\\d,]*(?:\\.\\d+)?)`,
  'giu',
);

const isWord = (text: string, value: string) =>
  value.length > 0 &&
  new RegExp(
    /^[\p{L}\d_]/u.test(value) && !/\p{Script=Han}/u.test(value)
      ? `(?<![\\p{L}\\d_])${escapePattern(value)}(?![\\p{L}\\d_])`
      : escapePattern(value),
    'iu',
  ).test(text);
const escapePattern = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Whether a text sets figures against bounds. */
export const compares = (text: string): boolean => text.search(comparison) !== -1;

const flags: [column: RegExp, yes: RegExp, no: RegExp][] = [
  [
    /^(?:success|succeeded|is_success|successful)$/i,
    /\b(?:successful|succeeded|successfully)\b|成功/i,
    /\b(?:fail(?:ed|ing|ures?|s)?|revert(?:ed|s)?|unsuccessful)\b|失败|回滚|不成功/i,
  ],
  [/^is_final$/, /\bfinal(?:ised|ized)?\b|已?最终确认/i, /\b(?:not (?:yet )?final|unfinali[sz]ed)\b|未最终确认/i],
];

type Rows = {
  columns: TableColumn[];
  time: TableColumn | null;
  from: string;
  /** A column of figures as what people mean by its figures. */
  toSql?: (column: string) => string;
};

/** What an ask says of which rows count: values of columns, figures, addresses, times. Values are bound, never written into SQL. */
export function readConditions(ask: Ask, { columns, time, from, toSql = quoteName }: Rows): Conditions {
  const sql: string[] = [];
  const parameters: Conditions['parameters'] = {};
  const used: string[] = [];
  const bind: Bind = (value) => {
    const name = `v${Object.keys(parameters).length + 1}`;
    parameters[name] = value;
    return `{{${name}}}`;
  };
  const text = `${dropHidden(ask.words)} ${ask.found.flatMap(({ kind, value }) => (kind === 'quoted' ? [String(value as string)] : [])).join(' ')}`;

  for (const column of columns) {
    const named = column.values.filter(
      (value) => isWord(text, value) && value.toLowerCase() !== column.name.toLowerCase(),
    );
    if (named.length === 0) continue;
    used.push(...named);
    const places = named.map(bind);
    const own = quoteName(column.name);
    sql.push(places.length === 1 ? `${own} = ${places[0] ?? ''}` : `${own} IN (${places.join(', ')})`);
  }
  for (const [pattern, yes, no] of flags) {
    const flag = columns.find(({ name, type }) => type === 'BOOLEAN' && pattern.test(name));
    if (flag === undefined) continue;
    if (no.test(text)) sql.push(`NOT ${quoteName(flag.name)}`);
    else if (yes.test(text)) sql.push(quoteName(flag.name));
  }
  sql.push(...readAddresses(ask.found, columns, bind));
  for (const [, before = '', ge, le, gt, lt, figure = ''] of text.matchAll(comparison)) {
    const numeric = columns.filter(({ kind }) => kind === 'number');
    const column =
      findColumns(numeric, before)[0] ??
      findColumns(numeric, text)[0] ??
      (numeric.length === 1 ? numeric[0] : undefined);
    if (column === undefined) continue;
    const operator =
      ge !== undefined ? '>=' : le !== undefined ? '<=' : gt !== undefined ? '>' : lt !== undefined ? '<' : '=';
    sql.push(`${toSql(column.name)} ${operator} ${bind(Number(figure.replaceAll(',', '')))}`);
  }
  if (time !== null) sql.push(...readTimes(ask, text, time, from, bind));
  return { sql, parameters, used };
}

/** An address stands in the column that the word before it says, else in any that holds one. */
function readAddresses(found: Found[], columns: TableColumn[], bind: Bind): string[] {
  const holders = columns.filter(
    ({ kind, name }) =>
      kind === 'text' &&
      /(?:^|_)(?:from|to|sender|receiver|recipient|address|owner|wallet|holder|taker|spender)$/i.test(name),
  );
  return found.flatMap(({ kind, value, before = '', fault }) => {
    if (kind !== 'address' || fault !== undefined || holders.length === 0) return [];
    const side = /\b(?:to|received by)\s*$|(?:给|到|转入)\s*$/i.test(before)
      ? /^(?:to|receiver|recipient|taker)$/i
      : /\b(?:from|by|sent by)\s*$|(?:从|由)\s*$/i.test(before)
        ? /^(?:from|sender|owner)$/i
        : /^(?!contract_address$)/i;
    const chosen = holders.filter(({ name }) => side.test(name));
    const place = bind(typeof value === 'string' ? value : '');
    const parts = (chosen.length === 0 ? holders : chosen).map(
      ({ name }) => `lower(${quoteName(name)}) = lower(${place})`,
    );
    return [parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' OR ')})`];
  });
}

function readTimes(ask: Ask, text: string, time: TableColumn, from: string, bind: Bind): string[] {
  const column = quoteName(time.name);
  const span = (start: string, end: string) => [
    `${column} >= CAST(${bind(start)} AS TIMESTAMP)`,
    `${column} < CAST(${bind(end)} AS TIMESTAMP)`,
  ];
  const dates = ask.found.filter(
    ({ kind, value }) => kind === 'date' && /^\d{4}-\d\d-\d\d$/.test(String(value as string)),
  );
  const [first, second] = dates.map(({ value }) => String(value as string)).sort();
  if (first !== undefined && second !== undefined) return span(first, nextDay(second));
  if (first !== undefined) {
    const before = dates[0]?.before ?? '';
    const after = dates[0]?.after ?? '';
    if (/\b(?:since|after|from|starting)\s*$|(?:从|自)\s*$/i.test(before) || /^\s*(?:以来|之后|以后|起)/.test(after))
      return [`${column} >= CAST(${bind(first)} AS TIMESTAMP)`];
    if (/\b(?:before|until|till)\s*$/i.test(before) || /^\s*(?:之前|以前|前)/.test(after))
      return [`${column} < CAST(${bind(first)} AS TIMESTAMP)`];
    return span(first, nextDay(first));
  }
  const month = readMonth(text);
  if (month !== null) return span(...month);
  const duration = ask.found.find(({ kind }) => kind === 'duration');
  if (duration !== undefined && /\b(?:last|past|recent|previous)\b|最近|过去|近/i.test(text)) {
    const { amount, unit } = duration.value as { amount: number; unit: string };
    // The last days that there are: data of the past would else have none.
    return [
      `${column} > (SELECT max(${column}) FROM ${from}) - INTERVAL ${Math.abs(Math.trunc(amount))} ${unit.replace(/s$/, '')}`,
    ];
  }
  const year = /\b(?:in|of|during|for)\s+(20\d\d)\b|(20\d\d)\s*年(?!\s*\d)/.exec(text);
  const wanted = Number(year?.[1] ?? year?.[2]);
  return year === null ? [] : span(`${wanted}-01-01`, `${wanted + 1}-01-01`);
}

function readMonth(text: string): [string, string] | null {
  const named = new RegExp(`\\b(${english.join('|')})\\s+(20\\d\\d)\\b`, 'i').exec(text);
  const written = /(20\d\d)\s*年\s*(\d{1,2})\s*月(?!\s*\d)|\b(20\d\d)-(\d\d)\b(?!-)/.exec(text);
  const year = Number(named?.[2] ?? written?.[1] ?? written?.[3]);
  const month =
    named === null ? Number(written?.[2] ?? written?.[4]) : english.indexOf(named[1]?.toLowerCase() ?? '') + 1;
  if (!Number.isInteger(year) || !Number.isInteger(month) || month < 1 || month > 12) return null;
  return [new Date(Date.UTC(year, month - 1, 1)), new Date(Date.UTC(year, month, 1))].map((date) =>
    date.toISOString().slice(0, 10),
  ) as [string, string];
}

function nextDay(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
