import type {
  AnalysisNote,
  ColumnProfile,
  Correlation,
  ProfileCell,
  ProfileFigure,
  ProfileFigures,
  ProfileReport,
  QueryElsewhere,
} from '#server/contract/analysis.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { toSqlFaultWords } from '#server/contract/sql-fault-words.ts';
import type { SqlColumn, SqlParameter } from '#server/contract/sql.ts';
import { HubError } from '#server/hub-error.ts';
import type { AskAnswer } from '#server/platform/sql/sql-tasks.ts';
import {
  classOf,
  mostRanked,
  toCorrelation,
  toCounts,
  toFigures,
  toFrequent,
  toGaps,
  toHistogram,
  toOutliers,
  toOverview,
  toRoughHistogram,
  toSpread,
  toTotal,
} from './profile-statements.ts';
import { summariseProfile } from './summarise-profile.ts';

/** A table or a result that statements can be put to. */
export type OpenSource = {
  name: string;
  columns: SqlColumn[];
  /** As FROM takes it. */
  from: string;
  /** A statement as the workbench runs it, on the person's own tables. */
  toShown: (statement: string) => string;
  parameters: SqlParameter[];
  query: QueryElsewhere | null;
  ask: (statements: string[], signal: AbortSignal) => Promise<AskAnswer>;
};

const mostColumns = 40;
const mostCorrelated = 8;
const mostRows = 5;

/**
 * Describes the columns of a table: every figure comes of a statement that is told with it.
 *
 * @throws {HubError} `validation_failed`, where the table cannot be read
 */
export async function profileTable(source: OpenSource, signal: AbortSignal): Promise<ProfileReport> {
  const { from } = source;
  const columns = source.columns.slice(0, mostColumns);
  const asked = new Map<string, string>();
  const put = (key: string, statement: string | null) => {
    if (statement !== null) asked.set(key, statement);
  };
  put('overview', toOverview(from));
  for (const [index, column] of columns.entries()) {
    const named = { from, column };
    const kind = classOf(column.type);
    put(`${index} counts`, toCounts(named));
    put(`${index} figures`, toFigures(named));
    put(`${index} frequent`, toFrequent(named));
    if (kind === 'number' || kind === 'time') put(`${index} histogram`, toHistogram(named));
    if (column.type === 'HUGEINT' || column.type.startsWith('DECIMAL(38'))
      put(`${index} rough histogram`, toRoughHistogram(named));
    if (kind === 'time') put(`${index} gaps`, toGaps(named));
    if (kind !== 'number') continue;
    put(`${index} spread`, toSpread(named));
    put(`${index} total`, toTotal(named));
    for (const by of ['quartiles', 'deviations'] as const) {
      const { figures, rows } = toOutliers(named, by);
      put(`${index} ${by}`, figures);
      put(`${index} ${by} rows`, `${rows} LIMIT ${mostRows}`);
    }
  }
  const first = await askEach(source, asked, signal);
  const overview = first.read('overview');
  if (overview === null) throw unreadable(first.faultOf('overview'));
  const profiles = columns.map((column, index) => readColumn(column, index, from, first));
  const correlations = await correlate(source, profiles, Number(overview.values['rows']) <= mostRanked, signal);
  const report = {
    kind: 'profile' as const,
    source: source.name,
    columnNames: source.columns.map(({ name }) => name),
    overview,
    columns: profiles,
    correlations,
    parameters: source.parameters,
    query: source.query,
  };
  return { ...report, summary: summariseProfile(report), notes: listNotes(source, Number(overview.values['rows'])) };
}

type Answers = Awaited<ReturnType<typeof askEach>>;

async function askEach({ ask, toShown }: OpenSource, asked: Map<string, string>, signal: AbortSignal) {
  const keys = [...asked.keys()];
  const answers = await ask([...asked.values()], signal);
  const find = (key: string) => answers[keys.indexOf(key)];
  const sqlOf = (key: string) => toShown(asked.get(key) ?? '');
  const rowsOf = (key: string) => {
    const found = find(key);
    return found !== undefined && 'answer' in found ? found.answer : null;
  };
  return {
    sqlOf,
    toShown,
    rowsOf: (key: string): unknown[][] => rowsOf(key)?.rows ?? [],
    faultOf: (key: string): LocalizedText => {
      const found = find(key);
      return found !== undefined && 'fault' in found ? toSqlFaultWords(found.fault) : { en: '', zh: '' };
    },
    /** The one row of a statement by the names of its columns; null where it has none. */
    read: (key: string): ProfileFigures | null => {
      const found = rowsOf(key);
      const [row] = found?.rows ?? [];
      if (found === null || row === undefined) return null;
      const values = Object.fromEntries(found.columns.map(({ name }, at) => [name, toFigure(row[at])]));
      return { sql: sqlOf(key), values };
    },
  };
}

function readColumn(column: SqlColumn, index: number, from: string, answers: Answers): ColumnProfile {
  const key = (name: string) => `${index} ${name}`;
  const exact = answers.rowsOf(key('histogram'));
  const bins = key(exact.length === 0 ? 'rough histogram' : 'histogram');
  const histogram = answers.rowsOf(bins);
  const frequent = answers
    .rowsOf(key('frequent'))
    .map(([value, count]) => ({ value: toCell(value), count: Number(count) }));
  const outliersBy = (by: 'quartiles' | 'deviations') => {
    const figures = answers.read(key(by));
    if (figures === null || figures.values['low'] === null) return null;
    const rowsSql = answers.toShown(toOutliers({ from, column }, by).rows);
    return { figures, rowsSql, rows: answers.rowsOf(key(`${by} rows`)).map((row) => row.map(toCell)) };
  };
  const kind = classOf(column.type);
  return {
    ...column,
    class: kind,
    counts: answers.read(key('counts')) ?? { sql: answers.sqlOf(key('counts')), values: {} },
    figures: answers.read(key('figures')),
    spread: answers.read(key('spread')),
    total: answers.read(key('total')),
    frequent:
      frequent.length === 0 || (frequent[0]?.count ?? 0) < 2
        ? null
        : { sql: answers.sqlOf(key('frequent')), values: frequent },
    histogram:
      histogram.length === 0
        ? null
        : {
            sql: answers.sqlOf(bins),
            bins: histogram.map(([low, high, count]) => ({
              from: toFigure(low),
              to: toFigure(high),
              count: Number(count),
            })),
          },
    outliers: kind === 'number' ? { quartiles: outliersBy('quartiles'), deviations: outliersBy('deviations') } : null,
    gaps: answers.read(key('gaps')),
  };
}

async function correlate(
  source: OpenSource,
  profiles: ColumnProfile[],
  isRanked: boolean,
  signal: AbortSignal,
): Promise<Correlation[]> {
  const varied = profiles
    .filter((profile) => profile.class === 'number' && Number(profile.counts.values['distinct']) > 1)
    .slice(0, mostCorrelated);
  const pairs = varied.flatMap((one, index) => varied.slice(index + 1).map((other) => ({ one, other })));
  if (pairs.length === 0) return [];
  const asked = new Map(
    pairs.map(({ one, other }, index) => [String(index), toCorrelation(source.from, one, other, isRanked)]),
  );
  const answers = await askEach(source, asked, signal);
  return pairs.flatMap(({ one, other }, index) => {
    const figures = answers.read(String(index));
    return figures === null ? [] : [{ one: one.name, other: other.name, figures }];
  });
}

/** What is no number of JSON, such as NaN, is none here. */
function toFigure(value: unknown): ProfileFigure {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'string') return /^-?(?:nan|inf(?:inity)?)$/i.test(value) ? null : value;
  return value === null || value === undefined ? null : JSON.stringify(value);
}

const toCell = (value: unknown): ProfileCell => (typeof value === 'boolean' ? value : toFigure(value));

function listNotes({ columns }: OpenSource, rows: number): AnalysisNote[] {
  const left = columns.length - mostColumns;
  return [
    ...(left > 0
      ? [
          {
            level: 'warning' as const,
            text: {
              en: `Only the first ${mostColumns} columns are described; ${left} are left out.`,
              zh: `仅分析前 ${mostColumns} 列，其余 ${left} 列未分析。`,
            },
          },
        ]
      : []),
    ...(rows > mostRanked
      ? [
          {
            level: 'info' as const,
            text: {
              en: `Rank correlations (Spearman) are left out beyond ${mostRanked} rows.`,
              zh: `超过 ${mostRanked} 行时不计算秩相关（Spearman）。`,
            },
          },
        ]
      : []),
  ];
}

const unreadable = ({ en, zh }: LocalizedText) =>
  new HubError('validation_failed', { en: `The table cannot be read: ${en}`, zh: `无法读取该表。${zh}` });
