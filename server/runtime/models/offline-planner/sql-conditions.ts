import { dropHidden, type Found } from './found.ts';
import { figurePattern, readFigure, timesPattern } from './read-figure.ts';
import { findColumns } from './sql-columns.ts';
import { countsOnly } from './sql-groups.ts';
import { quoteName, type TableColumn } from './sql-schema.ts';
import { type Bind, createBinder, readTimes } from './sql-times.ts';
import type { Ask } from './split-asks.ts';

/** Conditions of SQL, and the values that they are bound to. */
export type Conditions = {
  sql: string[];
  /** Those of `sql` that say of when. */
  times: string[];
  parameters: Record<string, string | number>;
  /** What is set against the totals of groups. */
  having: string[];
  used: string[];
  /** Whether times count back from the newest row. */
  isFromNewest: boolean;
};

const more = '>=|≥|at least|no less than|不少于|不低于|至少';
const less = '<=|≤|at most|no more than|不超过|不多于|至多';
const over = '>|over|above|more than|greater than|larger than|exceed(?:s|ing)?|bigger than|大于|超过|高于|多于';
const under = '<|under|below|less than|smaller than|lower than|fewer than|小于|低于|少于';
const comparison = new RegExp(
  `([\\p{L}_][\\p{L}\\d_ ]{0,30}?)?\\s*(?:is|are|was|were|of)?\\s*(?:(${more})|(${less})|(${over})|(${under}))\\s*\\$?(-?${figurePattern}(?:\\s*(?:${timesPattern}))?)`,
  'giu',
);
/** The bound behind its figure: "10,000 DUSD or more", "1万以上". */
const bounded = new RegExp(
  `(?<![\\p{L}\\d.])(${figurePattern}(?:\\s*(?:${timesPattern}))?)\\s*(?:[A-Z]{2,10}\\s*)?(?:(or (?:more|above|over|larger)|and (?:more|up|above)|及?以上)|(or (?:less|fewer|below|under)|and below|及?以下|以内))`,
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
export const compares = (text: string): boolean => text.search(comparison) !== -1 || text.search(bounded) !== -1;

const flags: [column: RegExp, yes: RegExp, no: RegExp][] = [
  [
    /^(?:success|succeeded|is_success|successful)$/i,
    /\b(?:successful|succeeded|successfully)\b|成功/i,
    /\b(?:fail(?:ed|ing|ures?|s)?|revert(?:ed|s)?|unsuccessful)\b|失败|回滚|不成功/i,
  ],
  [/^is_final$/, /\bfinal(?:ised|ized)?\b|已?最终确认/i, /\b(?:not (?:yet )?final|unfinali[sz]ed)\b|未最终确认/i],
];

const weekend = /\bweekends?\b|周末/i;
const workdays = /\b(?:on|only|during) (?:week ?days|working days|business days)\b|工作日/i;

type Rows = {
  columns: TableColumn[];
  time: TableColumn | null;
  from: string;
  /** A column of figures as what people mean by its figures. */
  toSql?: (column: string) => string;
  /** The same of a group's total, where bounds are of that. */
  toTotal?: ((column: string) => string) | undefined;
};

/** What an ask says of which rows count: values of columns, figures, addresses, times. Values are bound, never written into SQL. */
export function readConditions(ask: Ask, { columns, time, from, toSql = quoteName, toTotal }: Rows): Conditions {
  const sql: string[] = [];
  const having: string[] = [];
  const used: string[] = [];
  const { parameters, bind } = createBinder();
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
  const bounds = [
    ...Array.from(text.matchAll(comparison), ([, before = '', ge, le, gt, lt, figure = '']) => {
      const operator = ge ? '>=' : le ? '<=' : gt ? '>' : lt ? '<' : '=';
      return { before, operator, figure };
    }),
    ...Array.from(text.matchAll(bounded), ([, figure = '', ge]) => ({
      before: '',
      operator: ge === undefined ? '<=' : '>=',
      figure,
    })),
  ];
  const numeric = columns.filter(({ kind }) => kind === 'number');
  const measuring = numeric.filter(({ name }) => !countsOnly.test(name));
  for (const { before, operator, figure } of bounds) {
    const column =
      findColumns(numeric, before)[0] ??
      findColumns(numeric, text)[0] ??
      (measuring.length === 1 ? measuring[0] : undefined);
    const digits = readFigure(figure.replace('-', ''));
    if (column === undefined || digits === null) continue;
    const bound = `${operator} ${toBound(`${figure.startsWith('-') ? '-' : ''}${digits}`, bind)}`;
    if (toTotal === undefined) sql.push(`${toSql(column.name)} ${bound}`);
    else having.push(`${toTotal(column.name)} ${bound}`);
  }
  const times = time === null ? null : readTimes(ask, { text, column: time, from, bind });
  if (time !== null && weekend.test(text)) sql.push(`isodow(${quoteName(time.name)}) >= 6`);
  if (time !== null && workdays.test(text)) sql.push(`isodow(${quoteName(time.name)}) < 6`);
  sql.push(...(times?.sql ?? []));
  return { sql, times: times?.sql ?? [], having, parameters, used, isFromNewest: times?.isFromNewest ?? false };
}

/** A figure as what it is bound to: a number, or its digits where a number would lose some. */
function toBound(digits: string, bind: Bind): string {
  const plain = digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
  return String(Number(plain)) === plain ? bind(Number(plain)) : `CAST(${bind(plain)} AS DECIMAL(38, 18))`;
}

/** An address stands in the column that the word before it says, else in any that holds one. */
function readAddresses(found: Found[], columns: TableColumn[], bind: Bind): string[] {
  const holders = columns.filter(
    ({ kind, name }) =>
      kind === 'text' &&
      /(?:^|_)(?:from|to|sender|receiver|recipient|address|owner|wallet|holder|taker|spender|pool)$/i.test(name),
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
