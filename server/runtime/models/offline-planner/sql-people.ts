import { findColumns } from './sql-columns.ts';
import { quoteName, type SqlTable, type TableColumn } from './sql-schema.ts';
import type { SqlWish } from './sql-wishes.ts';

const addresses = /\b(?:address(?:es)?|wallets?|accounts?|people)\b|地址|钱包|账户/i;
const users = /\b(?:users?|traders?)\b|用户|交易者/i;
const senders = /\bsenders?\b|发送[方者]/i;
const receivers = /\b(?:receivers?|recipients?)\b|接收[方者]|收款/i;
const nobody = `'0x${'0'.repeat(40)}'`;

/** The columns of those who are counted: "addresses" are both sides of a movement, "users" those who began it. */
export function findPeople({ columns }: SqlTable, whoText: string): TableColumn[] {
  const sides = (pattern: RegExp) => columns.filter(({ name, kind }) => kind === 'text' && pattern.test(name));
  const from = sides(/^(?:from|sender|taker)$/i);
  const to = sides(/^(?:to|receiver|recipient)$/i);
  const begins = sides(/^taker$/i).length > 0 ? sides(/^taker$/i) : from;
  if (from.length > 0 || to.length > 0) {
    if (addresses.test(whoText)) return begins === from ? [...from, ...to] : begins;
    if (users.test(whoText)) return begins;
    if (senders.test(whoText)) return from;
    if (receivers.test(whoText)) return to;
  }
  return findColumns(columns, whoText)
    .filter(({ kind }) => kind === 'text' || kind === 'other')
    .slice(0, 1);
}

/**
 * How many were there for the first time, or at all, in each period. Whoever was there before the time that is asked about is
 * not new in it, so times are of the first row of each.
 */
export function writePeople({
  wish: { shape, unit },
  people,
  time,
  from,
  where,
  times,
}: {
  wish: SqlWish;
  people: TableColumn[];
  time: TableColumn;
  from: string;
  where: string[];
  times: string[];
}): { sql: string; x: string | null; y: string } {
  const own = quoteName(time.name);
  const isNew = shape === 'new';
  const within = isNew ? where : [...where, ...times];
  const rows = people.map(
    ({ name }) =>
      `SELECT ${own}, ${quoteName(name)} AS who FROM ${from}${within.length === 0 ? '' : `\n    WHERE ${within.join(' AND ')}`}`,
  );
  const all = rows.join('\n    UNION ALL ');
  const y = isNew ? 'new_count' : 'active_count';
  const period =
    unit === null
      ? null
      : unit === 'hour'
        ? `date_trunc('hour', ${own})`
        : `CAST(date_trunc('${unit}', ${own}) AS DATE)`;
  const head = period === null ? '' : `${period} AS ${unit ?? ''}, `;
  const counted = isNew
    ? `(
  SELECT who, min(${own}) AS ${own} FROM (
    ${all}
  ) WHERE who IS NOT NULL AND who <> ${nobody}
  GROUP BY 1
)${times.length === 0 ? '' : `\nWHERE ${times.join('\n  AND ')}`}`
    : `(
    ${all}
)
WHERE who IS NOT NULL AND who <> ${nobody}`;
  const sql = `SELECT ${head}${isNew ? 'count(*)' : 'count(DISTINCT who)'} AS ${y}\nFROM ${counted}${period === null ? '' : '\nGROUP BY 1\nORDER BY 1\nLIMIT 1000'}`;
  return { sql, x: period === null ? null : (unit ?? null), y };
}
