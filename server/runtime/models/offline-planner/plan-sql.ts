import type { JsonObject } from '#server/contract/json.ts';
import { dropHidden } from './found.ts';
import type { MadeCall } from './read-turn.ts';
import type { Ask } from './split-asks.ts';
import { findTables } from './sql-columns.ts';
import { readSchema, type SqlTable } from './sql-schema.ts';
import { readSqlWish, type SqlWish } from './sql-wishes.ts';
import { detectLanguage, wordsOf } from './wording.ts';
import { writeSql, type WrittenSql } from './write-sql.ts';

/** A call that is needed next; it is given back with what it brought. */
export type NeededCall = { name: string; arguments: JsonObject };
/** How a question about tables ended: with a call whose result is the answer, or with something to say. */
export type SqlOutcome = { call: MadeCall; name: string } | { say: string };

const listTool = 'list-tables';
const runTool = 'run-sql';
const written = /^\s*(?:select|with|from|describe|summarize|explain|show\s+tables)\b[^?？]*$/i;

/** Whether an ask can be answered by SQL, with the tools that are there. */
export function readDataWish(ask: Ask, offered: readonly string[]): { sql: string } | { wish: SqlWish } | null {
  if (!offered.includes(runTool) || !offered.includes(listTool)) return null;
  const block = ask.found.find(({ kind, language }) => kind === 'code' && /^(?:sql|duckdb)?$/i.test(language ?? ''));
  if (block !== undefined && written.test(block.text)) return { sql: block.text.trim() };
  if (written.test(ask.text) && /\bfrom\b/i.test(ask.text)) return { sql: ask.text.trim() };
  const wish = readSqlWish(ask);
  return wish === null ? null : { wish };
}

/**
 * Plans the calls that answer a question about tables: which there are, what is in the one that is meant, and the SQL, made
 * only of names and values that were seen there. What cannot be decided is asked.
 */
export function* planSql(
  ask: Ask,
  meant: { sql: string } | { wish: SqlWish },
): Generator<NeededCall, SqlOutcome | null, MadeCall> {
  const language = detectLanguage(ask.text);
  const words = wordsOf(language);
  if ('sql' in meant) return { name: runTool, call: yield { name: runTool, arguments: { sql: meant.sql } } };
  const listed = yield { name: listTool, arguments: {} };
  if (listed.result === null || listed.result.isError) return { name: listTool, call: listed };
  const tables = readSchema(listed.result.text);
  if (tables.length === 0) return { name: listTool, call: listed };
  const text = toText(ask);
  const candidates = findTables(tables, text);
  const [first, second] = candidates;
  if (first === undefined) return { say: words.whichTable(tables.map(({ name }) => name)) };
  if (second !== undefined) return { say: words.whichTable(candidates.map(({ name }) => name)) };
  const described = yield { name: listTool, arguments: { name: first.name } };
  if (described.result === null || described.result.isError) return { name: listTool, call: described };
  const table = readSchema(described.result.text)[0] ?? first;
  const query = writeSql(ask, meant.wish, table);
  if (query === null) return null;
  if ('unclear' in query) return { say: words.whichColumn(query.unclear, first.name, query.columns) };
  return { name: runTool, call: yield { name: runTool, arguments: toArguments(ask, query, table) } };
}

function toText({ words, found }: Ask): string {
  const quoted = found.flatMap(({ kind, value }) => (kind === 'quoted' ? [String(value as string)] : []));
  return `${dropHidden(words)} ${quoted.join(' ')}`;
}

const chartWish = /\b(?:chart|plot|graph|diagram|draw)\b|图|画/i;

function toArguments(ask: Ask, { sql, parameters, x, y, isSeries }: WrittenSql, table: SqlTable): JsonObject {
  const own = { sql, ...(Object.keys(parameters).length === 0 ? {} : { parameters }) };
  const kind = ask.found.find((item) => item.kind === 'chart-kind')?.value;
  if (x === null || y === null || (kind === undefined && !chartWish.test(ask.words))) return own;
  const title = wordsOf(detectLanguage(ask.text)).chartTitle(y.replaceAll('_', ' '), x);
  return { ...own, chart: { title: `${title} (${table.name})`, kind: kind ?? (isSeries ? 'line' : 'bar'), x, y: [y] } };
}
