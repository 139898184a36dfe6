import { isObject } from '#server/contract/is-object.ts';
import type { JsonObject } from '#server/contract/json.ts';
import { dropHidden } from './found.ts';
import { readMembers } from './read-members.ts';
import type { MadeCall } from './read-turn.ts';
import type { Ask } from './split-asks.ts';
import { findTransferTable, isOfTransfers, listTransferTables, readTransferWish } from './read-transfer-wish.ts';
import { findColumns, findTables } from './sql-columns.ts';
import { linkTokens } from './sql-amounts.ts';
import { readConditions } from './sql-conditions.ts';
import { speaksOfFees } from './sql-fees.ts';
import { quoteName, quoteTable, readSchema, type SqlTable } from './sql-schema.ts';
import { readSqlWish, type SqlWish } from './sql-wishes.ts';
import { wordsOf } from './wording.ts';
import { writePriceSeries } from './write-price-series.ts';
import { toLiteral, writeSeries } from './write-series.ts';
import { writeSql, type WrittenSql } from './write-sql.ts';

/** A call that is needed next; it is given back with what it brought. */
export type NeededCall = { name: string; arguments: JsonObject };
/** How a question about tables ended: with a call whose result is the answer, or with something to say. */
export type SqlOutcome = { call: MadeCall; name: string; note?: string } | { say: string };

const listTool = 'list-tables';
const runTool = 'run-sql';
const findTool = 'find-queries';
const savedWish =
  /\b(?:saved|shared|my|stored) (?:sql )?quer(?:y|ies)\b|(?:保存|存好|共享|分享|我)(?:好|过|下来)?的[^，。？]{0,30}查询/i;
const runWish = /\b(?:run|execute|rerun)\b|运行|执行|跑/i;

/** What a saved query is looked for by: the words in quotes where there are any, else all. */
const toSearch = (text: string) => (/["“「『]([^"”」』]{1,200})["”」』]/.exec(text)?.[1] ?? text).slice(0, 200);
const written = /^\s*(?:select|with|from|describe|summarize|explain|show\s+tables)\b[^?？]*$/i;

type DataWish = { saved: string; isRun: boolean } | { sql: string } | { wish: SqlWish } | { analysis: string };

const analyses: [tool: string, words: RegExp][] = [
  [
    'forecast',
    /\b(?:forecasts?|predict\w*|outlook|next (?:week|month|days?))\b|\bwill\b.{0,60}\b(?:cost|worth|price|trade|rise|fall|go (?:up|down))\b|预测|展望|走势会|(?:后|明天|明日|下周|下个?月|未来).{0,24}(?:多少钱|什么价|价格|会?[涨跌])|会[涨跌]/i,
  ],
  [
    'indicators',
    /\b(?:indicators?|RSI|MACD|SMA|EMA|Bollinger|volatil\w*|drawdown|Sharpe)\b|技术指标|波动|回撤|布林|夏普/i,
  ],
  ['profile-table', /\b(?:profile|overview|explore|EDA|summary statistics|data quality)\b|概况|画像|数据质量|探索/i],
];

/** Whether what is to come is asked for, of an agent that foretells series. */
export const isForetold = ({ words }: Ask, offered: readonly string[]): boolean =>
  analyses.some(([tool, wish]) => tool === 'forecast' && offered.includes(tool) && wish.test(dropHidden(words)));

/** Whether an ask is SQL itself. */
export const isSql = (ask: Ask): boolean => findSql(ask) !== null;

function findSql({ found, text }: Ask): string | null {
  const block = found.find(({ kind, language }) => kind === 'code' && /^(?:sql|duckdb)?$/i.test(language ?? ''));
  if (block !== undefined && written.test(block.text)) return block.text.trim();
  return written.test(text) && /\bfrom\b/i.test(text) ? text.trim() : null;
}

/** Whether an ask can be answered by SQL, with the tools that are there. */
export function readDataWish(ask: Ask, offered: readonly string[]): DataWish | null {
  if (!offered.includes(listTool)) return null;
  const text = dropHidden(ask.words);
  if (offered.includes(findTool) && savedWish.test(ask.text))
    return { saved: toSearch(ask.text), isRun: runWish.test(ask.text) && offered.includes(runTool) };
  const analysis = analyses.find(([tool, words]) => offered.includes(tool) && words.test(text))?.[0];
  if (analysis !== undefined && !ask.found.some(({ kind }) => kind === 'table' || kind === 'json')) return { analysis };
  if (!offered.includes(runTool)) return null;
  const sql = findSql(ask);
  if (sql !== null) return { sql };
  const wish = readTransferWish(ask) ?? readSqlWish(ask);
  return wish === null ? null : { wish };
}

/**
 * Plans the calls that answer a question about tables: which there are, what is in the one that is meant, and the SQL, made
 * only of names and values that were seen there. What cannot be decided is asked.
 */
export function* planSql(ask: Ask, meant: DataWish): Generator<NeededCall, SqlOutcome | null, MadeCall> {
  const words = wordsOf(ask.language);
  if ('sql' in meant) return { name: runTool, call: yield { name: runTool, arguments: { sql: meant.sql } } };
  if ('saved' in meant) {
    const found = yield { name: findTool, arguments: { words: meant.saved } };
    const query = meant.isRun ? readSavedQuery(found) : null;
    if (query === null) return { name: findTool, call: found };
    return { name: runTool, call: yield { name: runTool, arguments: query } };
  }
  const listed = yield { name: listTool, arguments: {} };
  if (listed.result === null || listed.result.isError) return { name: listTool, call: listed };
  const tables = readSchema(listed.result.text);
  if (tables.length === 0) return { name: listTool, call: listed };
  const prices = 'analysis' in meant ? writePriceSeries(ask, { tables, tool: meant.analysis }) : null;
  if ('analysis' in meant && prices !== null) {
    const call = yield { name: meant.analysis, arguments: prices.given };
    return { name: meant.analysis, call, note: words.ofFeed(prices.table) };
  }
  const text = toText(ask);
  const transfers = isOfTransfers(ask) ? findTransferTable(tables, ask) : null;
  const candidates =
    transfers === null ? findUsualTable(findTables(tables, text), { tables, ask, meant, text }) : [transfers];
  const [first, second] = candidates;
  if (transfers === null && isOfTransfers(ask) && candidates.length !== 1) {
    const chain = ask.found.find(({ kind }) => kind === 'chain')?.text;
    const indexed = listTransferTables(tables);
    return { say: chain === undefined && indexed.length > 0 ? words.whichTable(indexed) : words.notIndexed(chain) };
  }
  if (first === undefined) return { say: words.whichTable(tables.map(({ name }) => name)) };
  if (second !== undefined) return { say: words.whichTable(candidates.map(({ name }) => name)) };
  const described = yield { name: listTool, arguments: { name: first.name } };
  if (described.result === null || described.result.isError) return { name: listTool, call: described };
  const table = linkTokens(readSchema(described.result.text)[0] ?? first, tables);
  if ('analysis' in meant) {
    const wish = transfers === null || meant.analysis === 'profile-table' ? null : readTransferWish(ask);
    const series = wish === null ? null : writeSeries(ask, { wish, table, tool: meant.analysis });
    if (series !== null) {
      const call = yield { name: meant.analysis, arguments: series.given };
      return { name: meant.analysis, call, note: `${words.wholeSteps(first.name, series.unit)} ${words.ofHolders}` };
    }
    const asked = toAnalysis(ask, meant.analysis, table);
    if ('apart' in asked) return { say: words.whichSeries(first.name, asked.apart) };
    if ('unclear' in asked) return { say: words.whichColumn('measure', first.name, asked.unclear) };
    return { name: meant.analysis, call: yield { name: meant.analysis, arguments: asked.given } };
  }
  const query = writeSql(ask, meant.wish, table);
  if (query === null) return null;
  if ('unclear' in query) return { say: words.whichColumn(query.unclear, first.name, query.columns) };
  const call = yield { name: runTool, arguments: toArguments(ask, query, table) };
  const notes = [
    ...(query.isFromNewest ? [words.fromNewest(first.name)] : []),
    ...query.notes.map((note) => words.ofFigures[note]),
  ];
  return { name: runTool, call, ...(notes.length === 0 ? {} : { note: notes.join(' ') }) };
}

/**
 * Which of a chain's tables people mean by words that fit several: transfers are of ERC-20 tokens unless said otherwise, and
 * who is new or active shows in the transactions.
 */
function findUsualTable(
  found: SqlTable[],
  { tables, ask, meant, text }: { tables: SqlTable[]; ask: Ask; meant: DataWish; text: string },
): SqlTable[] {
  const [first] = found;
  const chain = ask.found.find(({ kind }) => kind === 'chain')?.value;
  const schema =
    typeof chain === 'string' ? chain.replaceAll('-', '_') : found.length > 0 ? (first?.name.split('.')[0] ?? '') : '';
  const named = (own: string) => tables.filter(({ name }) => name === `${schema}.${own}`);
  const isNft = /\bnfts?\b|\bcollectibles?\b|\berc-?(?:721|1155)|藏品/i.test(text);
  if (found.length > 1 && !isNft && found.every(({ name }) => /\.erc\d+_transfers$/.test(name))) {
    const usual = named('erc20_transfers');
    if (usual.length > 0) return usual;
  }
  const own = found.map(({ name }) => name.slice(name.indexOf('.') + 1));
  if (own.includes('swaps') && found.length > 1 && /\bswaps?\b|\bpairs?\b|兑换|交易对/i.test(text))
    return named('swaps');
  if (own[0] === 'tokens' && !isNft && /\btransfers?\b|转账/i.test(text) && named('erc20_transfers').length > 0)
    return named('erc20_transfers');
  if (found.length !== 1 && speaksOfFees(text) && named('transactions').length > 0) return named('transactions');
  const isOfPeople = 'wish' in meant && (meant.wish.shape === 'new' || meant.wish.shape === 'active');
  const isNamed = /\b(?:transfers?|swaps?|trad\w+|approvals?)\b|转账|兑换|授权/i.test(text);
  if (isOfPeople && !isNamed && named('transactions').length > 0) return named('transactions');
  return found;
}

/** The best fit of a search for saved queries, as SQL with the values that were saved; null where there is none to run here. */
function readSavedQuery(call: Pick<MadeCall, 'result'>): JsonObject | null {
  const queries = readMembers(call)?.['queries'];
  const [query] = Array.isArray(queries) ? queries : [];
  if (!isObject(query) || typeof query['sql'] !== 'string' || query['engine'] !== 'duckdb') return null;
  const saved = Array.isArray(query['parameters']) ? query['parameters'].filter(isObject) : [];
  const values = saved.map(({ name, type, value }) => [name, type === 'number' ? Number(value) : value]);
  const parameters = Object.fromEntries(values) as JsonObject;
  return { sql: query['sql'], ...(saved.length === 0 ? {} : { parameters }) };
}

/** What an analysis is told of: a whole table, or of a series its times, its figures, and the rows that count. */
function toAnalysis(
  ask: Ask,
  tool: string,
  table: SqlTable,
): { given: JsonObject } | { unclear: string[] } | { apart: string[] } {
  if (tool === 'profile-table') return { given: { table_name: table.name } };
  const { columns } = table;
  const time = columns.find(({ kind }) => kind === 'time');
  const figures = columns.filter(
    ({ kind, name }) => kind === 'number' && !/(?:^|_)(?:id|index|number|decimals)$/.test(name),
  );
  const value = findColumns(figures, toText(ask))[0] ?? (figures.length === 1 ? figures[0] : undefined);
  if (value === undefined || time === undefined) return { unclear: figures.map(({ name }) => name) };
  const isLevel = /price|rate|close|open|high|low|balance|level|supply/i.test(value.name);
  const series = {
    time_column: time.name,
    number_column: value.name,
    ...(isLevel && tool === 'forecast' ? { combine: 'last' } : {}),
  };
  const { sql: where, parameters } = readConditions(ask, { columns, time, from: quoteTable(table.name) });
  // What several contracts did is no one series.
  const several = columns.find(({ name, values }) => name === 'contract_address' && values.length > 1);
  if (several !== undefined && !where.some((one) => one.includes(several.name))) return { apart: several.values };
  if (where.length === 0) return { given: { table_name: table.name, ...series } };
  const bound = where.map((one) => one.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => toLiteral(parameters[name])));
  const chosen = [time, value].map(({ name }) => quoteName(name)).join(', ');
  const sql = `SELECT ${chosen}\nFROM ${quoteTable(table.name)}\nWHERE ${bound.join('\n  AND ')}\nORDER BY 1`;
  return { given: { sql, ...series } };
}

function toText({ words, found }: Ask): string {
  const names = ['quoted', 'table-name', 'column-name'];
  const quoted = found.flatMap(({ kind, value }) => (names.includes(kind) ? [String(value as string)] : []));
  return `${dropHidden(words)} ${quoted.join(' ')}`;
}

const fileWish = /\b(?:csv|export|download|spreadsheet)\b|导出|下载|表格文件/i;
const chartWish = /\b(?:chart|plot|graph|diagram|draw)\b|图|画/i;

function toArguments(ask: Ask, { sql, parameters, x, y, series, isSeries }: WrittenSql, table: SqlTable): JsonObject {
  const own = {
    sql,
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
    ...(fileWish.test(ask.words) ? { file: true } : {}),
  };
  const kind = ask.found.find((item) => item.kind === 'chart-kind')?.value;
  if (x === null || y === null || (kind === undefined && !chartWish.test(ask.words))) return own;
  const title = wordsOf(ask.language).chartTitle([y.replaceAll('_', ' ')], x);
  const apart = series === null ? {} : { series };
  return {
    ...own,
    chart: { title: `${title} (${table.name})`, kind: kind ?? (isSeries ? 'line' : 'bar'), x, y: [y], ...apart },
  };
}
