import { z } from 'zod';
import { JsonObject, type JsonValue } from '#server/contract/json.ts';
import { HubError } from '#server/hub-error.ts';

export type SandboxCell = string | number | boolean | null;
export type SandboxTable = { title: string; columns: string[]; rows: SandboxCell[][] };

/** All that a piece of code brought. */
export type SandboxOutput = {
  /** The value of its last expression; null, when it has none. */
  value: JsonValue;
  hasValue: boolean;
  printed: string;
  /** Whether it printed more than is kept. */
  isPrintedCut: boolean;
  tables: SandboxTable[];
  charts: JsonObject[];
};

const longestPrinted = 100_000;
const longestJson = 4 * 1024 * 1024;
const mostTables = 10;
const mostCharts = 8;
const mostRows = 50_000;
const mostColumns = 200;
const longestCell = 10_000;
const longestTitle = 200;

const Emitted = z.object({ title: z.unknown(), rows: z.array(z.unknown()) });

/**
 * Takes what code prints, tabulates and draws, as it comes, within limits.
 *
 * What is too much throws into the code itself; printed text is cut instead, because more of it hurts nobody.
 */
export function createOutputKeeper() {
  let printed = '';
  let isPrintedCut = false;
  let jsonLength = 0;
  const tables: SandboxTable[] = [];
  const charts: JsonObject[] = [];

  function count(text: string) {
    jsonLength += text.length;
    if (jsonLength > longestJson)
      throw new Error(`Tables, charts and the value may have ${longestJson / 1024 / 1024} MB together. Give less.`);
  }

  function print(line: string) {
    const room = longestPrinted - printed.length;
    isPrintedCut ||= line.length + 1 > room;
    if (room > 0) printed += `${line}\n`.slice(0, room);
  }

  return {
    printed: () => printed,

    take: (kind: string, text: string): void => {
      if (kind === 'print') return print(text);
      count(text);
      if (kind === 'table') {
        if (tables.length >= mostTables) throw new Error(`At most ${mostTables} tables.`);
        tables.push(toTable(Emitted.parse(JSON.parse(text))));
      }
      if (kind === 'chart') {
        if (charts.length >= mostCharts) throw new Error(`At most ${mostCharts} charts.`);
        charts.push(JsonObject.parse(JSON.parse(text)));
      }
    },

    /** @throws {HubError} `validation_failed`, when the value is too big */
    toOutput: (json: string, hasValue: boolean): SandboxOutput => {
      if (json.length > longestJson)
        throw new HubError('validation_failed', {
          en: `The value of the last expression has more than ${longestJson / 1024 / 1024} MB. End with a smaller one: a count, a sum, the first rows.`,
          zh: `最后一个表达式的值超过 ${longestJson / 1024 / 1024} MB。请以较小的值结尾：计数、合计或前几行。`,
        });
      return { value: JSON.parse(json) as JsonValue, hasValue, printed, isPrintedCut, tables, charts };
    },
  };
}

function toTable({ title, rows }: z.infer<typeof Emitted>): SandboxTable {
  if (rows.length > mostRows) throw new Error(`A table has at most ${mostRows} rows; this one has ${rows.length}.`);
  const records = rows.map((row) => (isRecord(row) ? row : Array.isArray(row) ? { ...row } : { value: row }));
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  if (columns.length > mostColumns) throw new Error(`A table has at most ${mostColumns} columns.`);
  return {
    title: (typeof title === 'string' && title.trim() !== '' ? title.trim() : 'Table').slice(0, longestTitle),
    columns: columns.map((name) => name.slice(0, longestTitle)),
    rows: records.map((record) =>
      columns.map((name) => toCell(Object.hasOwn(record, name) ? (record as Record<string, unknown>)[name] : null)),
    ),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function toCell(value: unknown): SandboxCell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, longestCell);
}
