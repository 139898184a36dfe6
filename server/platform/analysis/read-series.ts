import { mostPoints, type SeriesChoice, type SeriesStep } from '#server/contract/analysis.ts';
import { toSqlFaultWords } from '#server/contract/sql-fault-words.ts';
import type { SqlColumn } from '#server/contract/sql.ts';
import { HubError } from '#server/hub-error.ts';
import { quoteName } from '#server/platform/sql/quote.ts';
import { columnOfWords, columnWithoutTime, stepNeedsTime, unknownColumn, withoutNumbers } from './analysis-failures.ts';
import type { RawSeries } from './place-series.ts';
import { classOf } from './profile-statements.ts';
import type { OpenSource } from './profile-table.ts';

const truncation: Record<SeriesStep, string> = {
  minute: 'minute',
  hour: 'hour',
  day: 'day',
  week: 'week',
  month: 'month',
  quarter: 'quarter',
  year: 'year',
};
const combination: Record<SeriesChoice['combine'], (value: string, time: string) => string> = {
  sum: (value) => `sum(${value})`,
  mean: (value) => `avg(${value})`,
  last: (value, time) => `arg_max(${value}, ${time})`,
  minimum: (value) => `min(${value})`,
  maximum: (value) => `max(${value})`,
  count: (value) => `count(${value})`,
};

/**
 * Reads the series of a table or a result that is asked for, the newest values of it where it is long.
 *
 * @throws {HubError} `validation_failed`, for columns that are none of numbers or times
 */
export async function readSeries(source: OpenSource, choice: SeriesChoice, signal: AbortSignal): Promise<RawSeries> {
  const { time, value } = findColumns(source.columns, choice);
  if (choice.every !== undefined && (time === null || classOf(time.type) !== 'time')) throw stepNeedsTime();
  const number = `${quoteName(value.name)}::DOUBLE`;
  const moment = time === null ? null : quoteName(time.name);
  const statement = toStatement({ from: source.from, moment, number, choice });
  const [answer] = await source.ask([statement], signal);
  if (answer === undefined || 'fault' in answer) {
    const why = answer === undefined ? { en: '', zh: '' } : toSqlFaultWords(answer.fault);
    throw new HubError('validation_failed', {
      en: `The series cannot be read: ${why.en}`,
      zh: `无法读取该序列。${why.zh}`,
    });
  }
  const [total] = answer.answer.rows.map(([, , count]) => Number(count));
  return {
    source: source.name,
    time: time?.name ?? null,
    value: value.name,
    sql: source.toShown(statement),
    parameters: source.parameters,
    query: source.query,
    points: answer.answer.rows.map(([at, one]) => ({
      time: typeof at === 'number' ? at : typeof at === 'string' ? toTime(at, time) : null,
      value: typeof one === 'number' ? one : JSON.stringify(one),
    })),
    combine: choice.combine,
    notes:
      total !== undefined && total > mostPoints
        ? [
            {
              level: 'warning',
              text: {
                en: `Only the last ${mostPoints} of ${total} values are used.`,
                zh: `共 ${total} 个值，仅使用最后 ${mostPoints} 个。`,
              },
            },
          ]
        : [],
  };
}

function findColumns(columns: SqlColumn[], choice: SeriesChoice) {
  const find = (name: string): SqlColumn => {
    const found =
      columns.find((column) => column.name === name) ??
      columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
    if (found === undefined)
      throw unknownColumn(
        name,
        columns.map((column) => column.name),
      );
    return found;
  };
  const time =
    choice.time === undefined ? (columns.find(({ type }) => classOf(type) === 'time') ?? null) : find(choice.time);
  if (time !== null && !['time', 'number'].includes(classOf(time.type))) throw columnWithoutTime(time.name, time.type);
  const value =
    choice.value === undefined
      ? columns.find(({ name, type }) => classOf(type) === 'number' && name !== time?.name)
      : find(choice.value);
  if (value === undefined) throw withoutNumbers();
  if (choice.combine !== 'count' && classOf(value.type) !== 'number') throw columnOfWords(value.name, value.type);
  return { time, value };
}

function toStatement({
  from,
  moment,
  number,
  choice,
}: {
  from: string;
  moment: string | null;
  number: string;
  choice: SeriesChoice;
}): string {
  const value = choice.combine === 'count' ? number.replace(/::DOUBLE$/, '') : number;
  const present = `${value} IS NOT NULL${choice.combine === 'count' ? '' : ` AND isfinite(${value})`}`;
  if (moment === null) {
    const rows = `SELECT row_number() OVER () AS moment, ${number} AS value FROM ${from} WHERE ${present}`;
    return toNewest(rows);
  }
  const where = `FROM ${from} WHERE ${moment} IS NOT NULL AND ${present}`;
  if (choice.every === undefined) return toNewest(`SELECT ${moment} AS moment, ${number} AS value ${where}`);
  const step = `date_trunc('${truncation[choice.every]}', ${moment})`;
  return toNewest(
    `SELECT ${step} AS moment, ${combination[choice.combine](value, moment)}::DOUBLE AS value ${where} GROUP BY ALL`,
  );
}

const toNewest = (rows: string) =>
  `SELECT moment, value, total FROM (SELECT *, count(*) OVER () AS total FROM (${rows}) ORDER BY moment DESC LIMIT ${mostPoints}) ORDER BY moment`;

/** Numbers that JSON would round come as texts; blocks and the like are still numbers. */
const toTime = (text: string, column: SqlColumn | null) =>
  column !== null && classOf(column.type) === 'number' ? Number(text) : text;
