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

const perPerson =
  /\b(?:transactions?|txs?|transfers?|payments?|swaps?|trades?|approvals?|rows?)\s+(?:per|for each|by each|of each|an?)\s+(address|wallet|account|user|sender|receiver|recipient|trader)\b|\bdo(?:es)? (?:each|every|an?|the average) (address|wallet|account|user|sender|trader)\b|平均每(?:个|位)?(地址|钱包|账户|用户|发送[方者]|接收[方者]|交易者)|每(?:个|位)?(地址|钱包|账户|用户|发送[方者]|接收[方者]|交易者).{0,6}平均/i;

/** Who is meant by "transfers per address on average", whose rows are counted and shared out; null for every other ask. */
export function readPerPerson(text: string): string | null {
  if (!/\b(?:average|mean|avg)\b|平均/i.test(text)) return null;
  return (
    perPerson
      .exec(text)
      ?.slice(1)
      .find((part) => part !== undefined) ?? null
  );
}

/** How many rows there are for each of those who began them, or who received, on average. */
export function writePerPerson(
  table: SqlTable,
  { who, from, where, period }: { who: string; from: string; where: string[]; period: string | null },
): { sql: string; y: string } | null {
  const own = table.name.slice(table.name.lastIndexOf('.') + 1);
  // Each row counts once, for the side that it is told of: who began it, unless receivers are meant.
  const [person] = findPeople(table, who);
  if (person === undefined) return null;
  const column = quoteName(person.name);
  const [rows, people] = [own.replace(/^erc\d+_/, ''), receivers.test(who) ? 'receivers' : 'senders'];
  const y = `${rows}_per_${people.slice(0, -1)}`;
  const head = period === null ? '' : `CAST(${period} AS DATE) AS period,\n  `;
  const condition = where.length === 0 ? '' : `\nWHERE ${where.join('\n  AND ')}`;
  return {
    sql: `SELECT\n  ${head}count(*) AS ${quoteName(rows)},\n  count(DISTINCT ${column}) AS ${people},\n  round(count(*) / nullif(count(DISTINCT ${column}), 0), 4) AS ${quoteName(y)}\nFROM ${from}${condition}${period === null ? '' : '\nGROUP BY 1\nORDER BY 1\nLIMIT 1000'}`,
    y,
  };
}
