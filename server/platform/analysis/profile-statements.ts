import type { ColumnClass } from '#server/contract/analysis.ts';
import type { SqlColumn } from '#server/contract/sql.ts';
import { quoteName } from '#server/platform/sql/quote.ts';

export const mostFrequent = 10;
const bins = 20;
/** Ranks of more rows take longer than they tell. */
export const mostRanked = 200_000;

const figureTypes =
  /^(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|UTINYINT|USMALLINT|UINTEGER|UBIGINT|UHUGEINT|FLOAT|DOUBLE|DECIMAL\(.*\))$/;

/** What kind of values a type of DuckDB has. */
export function classOf(type: string): ColumnClass {
  if (figureTypes.test(type)) return 'number';
  if (/^(?:DATE|TIMESTAMP)/.test(type)) return 'time';
  if (type === 'VARCHAR') return 'text';
  return type === 'BOOLEAN' ? 'boolean' : 'other';
}

const isFloat = (type: string) => type === 'FLOAT' || type === 'DOUBLE';
/** Their quantiles are values of the column, for between two of them a double would round. */
const isExact = (type: string) => /^(?:U?HUGEINT|U?BIGINT|DECIMAL)/.test(type);

/** A table as FROM takes it, and the name that statements give it; a source's own columns may be called anything. */
const own = '"profiled"';
const ends = '"profile ends"';

type Named = { from: string; column: SqlColumn };

const toTerm = ({ column }: Named) => `${own}.${quoteName(column.name)}`;
const toDouble = (named: Named) => `${toTerm(named)}::DOUBLE`;
const toRows = ({ from }: Named) => `FROM ${from} AS ${own}`;
const toPresent = (named: Named) =>
  `${toRows(named)} WHERE ${toTerm(named)} IS NOT NULL${isFloat(named.column.type) ? ` AND isfinite(${toTerm(named)})` : ''}`;

export const toOverview = (from: string) =>
  `SELECT count(*) AS "rows", count(*) - (SELECT count(*) FROM (SELECT DISTINCT * FROM ${from})) AS "duplicates" FROM ${from}`;

export function toCounts(named: Named): string {
  const term = toTerm(named);
  const { type } = named.column;
  const more = isFloat(type)
    ? `, count(*) FILTER (WHERE NOT isfinite(${term})) AS "notFinite"`
    : type === 'VARCHAR'
      ? `, count(*) FILTER (WHERE trim(${term}) = '') AS "empty"`
      : '';
  return `SELECT count(${term}) AS "present", count(*) - count(${term}) AS "missing", count(DISTINCT ${term}) AS "distinct"${more} ${toRows(named)}`;
}

export function toFigures(named: Named): string | null {
  const term = toTerm(named);
  switch (classOf(named.column.type)) {
    case 'number': {
      const quantile = isExact(named.column.type) ? 'quantile_disc' : 'quantile_cont';
      const at = (part: number, name: string) => `${quantile}(${term}, ${part}) AS "${name}"`;
      return `SELECT min(${term}) AS "minimum", ${at(0.05, 'p05')}, ${at(0.25, 'q1')}, ${at(0.5, 'median')}, ${at(0.75, 'q3')}, ${at(0.95, 'p95')}, max(${term}) AS "maximum", avg(${toDouble(named)}) AS "mean" ${toPresent(named)}`;
    }
    case 'time':
      return `SELECT min(${term}) AS "minimum", max(${term}) AS "maximum" ${toPresent(named)}`;
    case 'text':
      return `SELECT min(length(${term})) AS "shortest", max(length(${term})) AS "longest", avg(length(${term})) AS "mean" ${toPresent(named)}`;
    case 'boolean':
      return `SELECT count(*) FILTER (WHERE ${term}) AS "true", count(*) FILTER (WHERE NOT ${term}) AS "false" ${toPresent(named)}`;
    case 'other':
      return null;
  }
}

export const toSpread = (named: Named) =>
  `SELECT stddev_samp(${toDouble(named)}) AS "deviation", skewness(${toDouble(named)}) AS "skewness" ${toPresent(named)}`;

export const toTotal = (named: Named) => `SELECT sum(${toTerm(named)}) AS "total" ${toPresent(named)}`;

export function toFrequent(named: Named): string {
  const term = toTerm(named);
  const kind = classOf(named.column.type);
  const shown = kind === 'text' ? `left(${term}, 200)` : kind === 'other' ? `left(${term}::VARCHAR, 200)` : term;
  return `SELECT ${shown} AS "value", count(*) AS "count" ${toPresent(named)} GROUP BY ${term} ORDER BY "count" DESC, "value" LIMIT ${mostFrequent}`;
}

export function toHistogram(named: Named): string {
  const isTime = classOf(named.column.type) === 'time';
  const at = isTime ? `epoch(${toTerm(named)})` : toDouble(named);
  const edge = (place: string) => {
    const value = `low + (high - low) * (${place}) / ${bins}`;
    return isTime ? `make_timestamp(round((${value}) * 1000000)::BIGINT)` : value;
  };
  return `WITH ${ends} AS (SELECT min(${at}) AS low, max(${at}) AS high ${toPresent(named)})
SELECT ${edge('bin')} AS "from", ${edge('bin + 1')} AS "to", count(*) AS "count"
FROM (
  SELECT ${ends}.low, ${ends}.high, CASE WHEN ${ends}.high > ${ends}.low THEN least(${bins - 1}, floor((${at} - ${ends}.low) / (${ends}.high - ${ends}.low) * ${bins}))::INTEGER ELSE 0 END AS bin
  ${toPresent(named).replace(' WHERE', `, ${ends} WHERE`)}
)
GROUP BY low, high, bin ORDER BY bin`;
}

/** Beyond one and a half times the middle half (Tukey), or beyond three standard deviations. */
export function toOutliers(named: Named, by: 'quartiles' | 'deviations') {
  const at = toDouble(named);
  const quartile = (part: number) => `quantile_cont(${at}, ${part})`;
  const width = `1.5 * (${quartile(0.75)} - ${quartile(0.25)})`;
  const [low, high] =
    by === 'quartiles'
      ? [`${quartile(0.25)} - ${width}`, `${quartile(0.75)} + ${width}`]
      : [`avg(${at}) - 3 * stddev_samp(${at})`, `avg(${at}) + 3 * stddev_samp(${at})`];
  const bounds = `WITH ${ends} AS (SELECT ${low} AS low, ${high} AS high ${toPresent(named)})`;
  const outside = `${toPresent(named).replace(' WHERE', `, ${ends} WHERE`)} AND (${at} < ${ends}.low OR ${at} > ${ends}.high)`;
  return {
    figures: `${bounds}\nSELECT ${ends}.low AS "low", ${ends}.high AS "high", (SELECT count(*) ${outside}) AS "count" FROM ${ends}`,
    rows: `${bounds}\nSELECT ${own}.* ${outside} ORDER BY abs(${at} - (${ends}.low + ${ends}.high) / 2) DESC`,
  };
}

export function toGaps(named: Named): string {
  return `WITH "profile times" AS (SELECT DISTINCT ${toTerm(named)} AS moment ${toPresent(named)}),
"profile steps" AS (SELECT lag(moment) OVER (ORDER BY moment) AS before, epoch(moment) - epoch(lag(moment) OVER (ORDER BY moment)) AS step FROM "profile times"),
"profile usual" AS (SELECT median(step) AS usual FROM "profile steps" WHERE step IS NOT NULL)
SELECT any_value(usual) AS "step", count(*) FILTER (WHERE step > 1.5 * usual) AS "gaps", max(step) AS "longest", arg_max(before, step) AS "after"
FROM "profile steps", "profile usual" WHERE step IS NOT NULL`;
}

/** Pearson's of the values and, where there are not too many rows, Spearman's: Pearson's of their ranks, ties in the middle. */
export function toCorrelation(from: string, one: SqlColumn, other: SqlColumn, isRanked: boolean): string {
  const terms = [one, other].map((column) => ({ from, column }));
  const where = terms.map((named) => toPresent(named).replace(/^.* WHERE /s, '')).join(' AND ');
  const ranks = terms.map((named, index) => {
    const term = toTerm(named);
    return `rank() OVER (ORDER BY ${term}) + (count(*) OVER (PARTITION BY ${term}) - 1) / 2.0 AS rank${index}`;
  });
  const values = terms.map((named, index) => `${toDouble(named)} AS value${index}`);
  const inner = `SELECT ${[...values, ...(isRanked ? ranks : [])].join(', ')} FROM ${from} AS ${own} WHERE ${where}`;
  return `SELECT corr(value0, value1) AS "pearson", ${isRanked ? 'corr(rank0, rank1)' : 'NULL'} AS "spearman", count(*) AS "rows" FROM (${inner})`;
}
