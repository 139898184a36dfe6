import { quoteName, type TableColumn } from './sql-schema.ts';
import type { Found } from './found.ts';
import type { Ask } from './split-asks.ts';
import type { Unit } from './sql-wishes.ts';

/** Binds a value and gives what stands for it in SQL. */
export type Bind = (value: string | number) => string;

/** Names values one after the other as parameters of a query, which hold them; what `bind` answers stands for one in SQL. */
export function createBinder(): { parameters: Record<string, string | number>; bind: Bind } {
  const parameters: Record<string, string | number> = {};
  const bind: Bind = (value) => {
    const name = `v${Object.keys(parameters).length + 1}`;
    parameters[name] = value;
    return `{{${name}}}`;
  };
  return { parameters, bind };
}

type Times = { sql: string[]; isFromNewest: boolean };

const months = 'january february march april may june july august september october november december'.split(' ');
const ago = /\b(?:last|past|recent|previous)\b|最近|过去|近|上(?:一)?(?:个)?(?:周|星期|月|季|年)/i;
/** "This week" is the newest that there is. */
const current: [unit: string, pattern: RegExp][] = [
  ['week', /\bthis week\b|[本这](?:一)?个?(?:周|星期)/i],
  ['month', /\bthis month\b|本月|这个月/i],
  ['quarter', /\bthis quarter\b|[本这]个?季度?/i],
  ['year', /\bthis year\b|今年|本年/i],
];

/** "This month with last", "本月与上月": a period set against the one before it. */
const compared =
  /\b(?:this|current)\s+(day|week|month|quarter|year)\b.{0,80}\b(?:last|previous|prior|before)\b|\b(?:last|previous|prior)\s+(day|week|month|quarter|year)\b.{0,40}\b(?:this|current)\b|\b(?:up|down|more|less|higher|lower|compared?|versus|vs\.?)\b.{0,30}\b(?:from|than|to|with|against|vs\.?)\s+(?:the )?(?:last|previous|prior)\s+(day|week|month|quarter|year)\b|[本这]个?(周|星期|月|季度?|年).{0,12}上(?:一)?个?(?:周|星期|月|季度?|年)|上(?:一)?个?(周|星期|月|季度?|年).{0,8}[本这]个?(?:周|星期|月|季度?|年)|[比较跟与和同](?:上)(?:一)?个?(周|星期|月|季度?|年)|(今年).{0,8}去年|去年.{0,8}(今年)/i;
const comparedUnits: Record<string, Unit> = {
  ...{ 周: 'week', 星期: 'week', 月: 'month', 季: 'quarter', 季度: 'quarter', 年: 'year', 今年: 'year' },
};

/** The unit of two periods that are set against each other, the newest and the one before it; or null. */
export function readComparedUnit(text: string): Unit | null {
  const said = compared
    .exec(text)
    ?.slice(1)
    .find((part) => part !== undefined);
  return said === undefined ? null : (comparedUnits[said] ?? (said.toLowerCase() as Unit));
}

const fromNow = (sql: string[]): Times => ({ sql, isFromNewest: false });

/** The times that an ask speaks of. The last days are the last that there are: data of the past would else have none. */
export function readTimes(
  ask: Ask,
  { text, column: { name }, from, bind }: { text: string; column: TableColumn; from: string; bind: Bind },
): Times {
  const column = quoteName(name);
  const span = (start: string, end: string) =>
    fromNow([`${column} >= CAST(${bind(start)} AS TIMESTAMP)`, `${column} < CAST(${bind(end)} AS TIMESTAMP)`]);
  const newest = `(SELECT max(${column}) FROM ${from})`;
  const unitCompared = readComparedUnit(text);
  if (unitCompared !== null)
    return {
      sql: [`${column} >= date_trunc('${unitCompared}', ${newest}) - INTERVAL 1 ${unitCompared}`],
      isFromNewest: true,
    };
  const spans = ask.found.filter(({ kind }) => kind === 'span');
  if (spans.length > 0) return fromNow(readSpans(spans, { column, bind }));
  const dates = ask.found.filter(
    ({ kind, value }) => kind === 'date' && /^\d{4}-\d\d-\d\d$/.test(String(value as string)),
  );
  const [first, second] = dates.map(({ value }) => String(value as string)).sort();
  if (first !== undefined && second !== undefined) return span(first, nextDay(second));
  if (first !== undefined) {
    const before = dates[0]?.before ?? '';
    const after = dates[0]?.after ?? '';
    if (/\b(?:since|after|from|starting)\s*$|(?:从|自)\s*$/i.test(before) || /^\s*(?:以来|之后|以后|起)/.test(after))
      return fromNow([`${column} >= CAST(${bind(first)} AS TIMESTAMP)`]);
    if (/\b(?:before|until|till)\s*$/i.test(before) || /^\s*(?:之前|以前|前)/.test(after))
      return fromNow([`${column} < CAST(${bind(first)} AS TIMESTAMP)`]);
    return span(first, nextDay(first));
  }
  const month = readMonth(text);
  if (month !== null) return span(...month);
  const duration = ask.found.find(({ kind }) => kind === 'duration');
  if (duration !== undefined && ago.test(text)) {
    const { amount, unit } = duration.value as { amount: number; unit: string };
    const back = `INTERVAL ${Math.abs(Math.trunc(amount))} ${unit.replace(/s$/, '')}`;
    return { sql: [`${column} > ${newest} - ${back}`], isFromNewest: true };
  }
  const unit = current.find(([, pattern]) => pattern.test(text))?.[0];
  if (unit !== undefined) return { sql: [`${column} >= date_trunc('${unit}', ${newest})`], isFromNewest: true };
  const year = /\b(?:in|of|during|for)\s+(20\d\d)\b|(20\d\d)\s*年(?!\s*\d)/.exec(text);
  const wanted = Number(year?.[1] ?? year?.[2]);
  return year === null ? fromNow([]) : span(`${wanted}-01-01`, `${wanted + 1}-01-01`);
}

/** One of several spans is enough. "Since" and "before" leave one end open. */
function readSpans(spans: Found[], { column, bind }: { column: string; bind: Bind }): string[] {
  const parts = spans.map(({ value, text, before = '', after = '' }) => {
    const { from, to } = value as { from: string; to: string };
    const lead = `${before} ${/^(?:since|after|before|until)\b/i.exec(text)?.[0] ?? ''}`;
    const start = () => `${column} >= CAST(${bind(from)} AS TIMESTAMP)`;
    if (/\bafter\s*$/i.test(lead)) return `${column} >= CAST(${bind(nextDay(to))} AS TIMESTAMP)`;
    if (/\b(?:since|starting|from)\s*$|(?:从|自)\s*$/i.test(lead) || /^\s*(?:以来|之后|以后|起)/.test(after))
      return start();
    if (/\b(?:before|until|till)\s*$/i.test(lead) || /^\s*(?:之前|以前|前)/.test(after))
      return `${column} < CAST(${bind(from)} AS TIMESTAMP)`;
    return `${start()} AND ${column} < CAST(${bind(nextDay(to))} AS TIMESTAMP)`;
  });
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only.split(' AND ');
  return [`(${parts.join(' OR ')})`];
}

function readMonth(text: string): [string, string] | null {
  const named = new RegExp(`\\b(${months.join('|')})\\s+(20\\d\\d)\\b`, 'i').exec(text);
  const written = /(20\d\d)\s*年\s*(\d{1,2})\s*月(?!\s*\d)|\b(20\d\d)-(\d\d)\b(?!-)/.exec(text);
  const year = Number(named?.[2] ?? written?.[1] ?? written?.[3]);
  const month =
    named === null ? Number(written?.[2] ?? written?.[4]) : months.indexOf(named[1]?.toLowerCase() ?? '') + 1;
  if (!Number.isInteger(year) || !Number.isInteger(month) || month < 1 || month > 12) return null;
  return [new Date(Date.UTC(year, month - 1, 1)), new Date(Date.UTC(year, month, 1))].map((date) =>
    date.toISOString().slice(0, 10),
  ) as [string, string];
}

function nextDay(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
