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

/** What a double has no room for, so that their mean is written as text. */
const hasExactMean = (type: string) => /^(?:U?HUGEINT$|DECIMAL)/.test(type);
/** Integers whose neighbours may be the same double. */
const isLarge = (type: string) => /^U?(?:HUGEINT|BIGINT)$/.test(type);
const halfDigits = 19;
/** Behind the digits that a type has. */
const meanDecimals = 6;

/** A table as FROM takes it, and the name that statements give it; a source's own columns may be called anything. */
const own = '"profiled"';
const ends = '"profile ends"';
const base = '"profile base"';

type Named = { from: string; column: SqlColumn };

const toTerm = ({ column }: Named) => `${own}.${quoteName(column.name)}`;
const toDouble = (named: Named) => `${toTerm(named)}::DOUBLE`;
const toRows = ({ from }: Named, ...beside: string[]) => `FROM ${[`${from} AS ${own}`, ...beside].join(', ')}`;
const toCondition = (named: Named) =>
  `${toTerm(named)} IS NOT NULL${isFloat(named.column.type) ? ` AND isfinite(${toTerm(named)})` : ''}`;
const toPresent = (named: Named, ...beside: string[]) => `${toRows(named, ...beside)} WHERE ${toCondition(named)}`;

/**
 * How far a value is above the lowest one, as a double: large values that differ in their last digits are the same double, their
 * differences are not. What is too far for the engine to subtract is far enough for doubles.
 */
function toDistance(named: Named, low: string): string {
  const term = toTerm(named);
  const { type } = named.column;
  if (!isExact(type)) return toDouble(named);
  if (/^U?BIGINT$/.test(type)) return `(${term}::HUGEINT - ${low}::HUGEINT)::DOUBLE`;
  return `coalesce(TRY(${term} - ${low})::DOUBLE, ${toDouble(named)} - ${low}::DOUBLE)`;
}
const toBase = (named: Named) => `${base} AS (SELECT min(${toTerm(named)}) AS low ${toPresent(named)})`;

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
      return `SELECT min(${term}) AS "minimum", ${at(0.05, 'p05')}, ${at(0.25, 'q1')}, ${at(0.5, 'median')}, ${at(0.75, 'q3')}, ${at(0.95, 'p95')}, max(${term}) AS "maximum"${toMean(named)} ${toPresent(named)}`;
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

function toMean(named: Named): string {
  const { type } = named.column;
  if (hasExactMean(type)) return '';
  return `, avg(${type === 'BIGINT' ? toTerm(named) : toDouble(named)}) AS "mean"`;
}

export function toSpread(named: Named): string {
  const at = toDistance(named, `${base}.low`);
  const select = `SELECT stddev_samp(${at}) AS "deviation", skewness(${at}) AS "skewness"`;
  if (!isExact(named.column.type)) return `${select} ${toPresent(named)}`;
  return `WITH ${toBase(named)}\n${select} ${toPresent(named, base)}`;
}

/** The sum; and of what has no mean among doubles the mean too, cut behind six more digits than the type has. */
export function toTotal(named: Named): string {
  const sum = `SELECT sum(${toTerm(named)}) AS "total"`;
  const { type } = named.column;
  if (type === 'UHUGEINT') return toLargestTotal(named);
  if (!hasExactMean(type)) return `${sum} ${toPresent(named)}`;
  const places = countDecimals(type) + meanDecimals;
  const rest = `((abs(raw) % n) * ${10 ** meanDecimals}) // n`;
  return `SELECT "total", CASE WHEN n > 0 THEN rtrim(rtrim(concat(CASE WHEN raw < 0 THEN '-' END, left(digits, -${places}), '.', right(digits, ${places})), '0'), '.') END AS "mean"
FROM (
  SELECT *, lpad(figures, greatest(length(figures), ${places + 1})::INTEGER, '0') AS digits
  FROM (
    SELECT *, concat(abs(raw) // n, lpad((${rest})::VARCHAR, ${meanDecimals}, '0')) AS figures
    FROM (SELECT *, replace("total"::VARCHAR, '.', '')::HUGEINT AS raw FROM (${sum}, count(*) AS n ${toPresent(named)}))
  )
)`;
}

/** The engine adds these up as doubles only, so the upper and the lower digits are summed apart. */
function toLargestTotal(named: Named): string {
  const unit = `1${'0'.repeat(halfDigits)}`;
  const digits = (high: string, low: string) =>
    `CASE WHEN ${high} > 0 THEN concat(${high}, lpad((${low})::VARCHAR, ${halfDigits}, '0')) ELSE (${low})::VARCHAR END`;
  const decimals = `lpad((((rest % n) * ${10 ** meanDecimals}) // n)::VARCHAR, ${meanDecimals}, '0')`;
  const term = toTerm(named);
  return `SELECT CASE WHEN n > 0 THEN ${digits('high', 'low')} END AS "total", CASE WHEN n > 0 THEN rtrim(rtrim(concat(${digits('high // n', 'rest // n')}, '.', ${decimals}), '0'), '.') END AS "mean"
FROM (
  SELECT *, (high % n) * ${unit}::HUGEINT + low AS rest
  FROM (
    SELECT n, upper + lower // ${unit}::HUGEINT AS high, lower % ${unit}::HUGEINT AS low
    FROM (SELECT count(*) AS n, sum((${term} // ${unit}::UHUGEINT)::HUGEINT) AS upper, sum((${term} % ${unit}::UHUGEINT)::HUGEINT) AS lower ${toPresent(named)})
  )
)`;
}

export function toFrequent(named: Named): string {
  const term = toTerm(named);
  const kind = classOf(named.column.type);
  const shown = kind === 'text' ? `left(${term}, 200)` : kind === 'other' ? `left(${term}::VARCHAR, 200)` : term;
  return `SELECT ${shown} AS "value", count(*) AS "count" ${toPresent(named)} GROUP BY ${term} ORDER BY "count" DESC, "value" LIMIT ${mostFrequent}`;
}

/** Of large integers with bins of as many integers each, for among doubles neither their ends nor what is in them would be right. */
export function toHistogram(named: Named): string {
  const { type } = named.column;
  if (type.startsWith('DECIMAL')) return toDecimalHistogram(named);
  if (!isLarge(type)) return toRoughHistogram(named);
  const wide = type === 'UHUGEINT' ? 'UHUGEINT' : 'HUGEINT';
  const at = `${toTerm(named)}::${wide}`;
  const width = `((max(${at}) - min(${at})) // ${bins} + 1)`;
  const edge = (place: string) => `${ends}.low + ${ends}.width * (${place})`;
  return `WITH ${ends} AS (SELECT min(${at}) AS low, max(${at}) AS high, ${width} AS width ${toPresent(named)}),
"profile bins" AS (SELECT (${at} - ${ends}.low) // ${ends}.width AS bin, count(*) AS "count" ${toPresent(named, ends)} GROUP BY bin)
SELECT ${edge('bin')} AS "from", coalesce(TRY(${edge('bin + 1')}), ${ends}.high) AS "to", "count" FROM "profile bins", ${ends} ORDER BY bin`;
}

/** As many decimals as a type of decimals has. */
const countDecimals = (type: string) => Number(/,\s*(\d+)\)$/.exec(type)?.[1] ?? 0);

/** Counted in the smallest unit that the type has, so that ends have its digits and no others. */
function toDecimalHistogram(named: Named): string {
  const decimals = countDecimals(named.column.type);
  const at = `replace(${toTerm(named)}::VARCHAR, '.', '')::HUGEINT`;
  const digits = (units: string) =>
    `lpad(abs(${units})::VARCHAR, greatest(length(abs(${units})::VARCHAR), ${decimals + 1})::INTEGER, '0')`;
  const toText = (units: string) =>
    decimals === 0
      ? `(${units})::VARCHAR`
      : `concat(CASE WHEN ${units} < 0 THEN '-' END, left(${digits(units)}, -${decimals}), '.', right(${digits(units)}, ${decimals}))`;
  return `WITH ${ends} AS (SELECT min(${at}) AS low, greatest(1, (max(${at}) - min(${at}) + ${bins - 1}) // ${bins}) AS width ${toPresent(named)}),
"profile bins" AS (SELECT least(${bins - 1}, (${at} - ${ends}.low) // ${ends}.width) AS bin, count(*) AS "count" ${toPresent(named, ends)} GROUP BY bin),
"profile edges" AS (SELECT ${ends}.low + ${ends}.width * bin AS edge, ${ends}.low + ${ends}.width * (bin + 1) AS next_edge, "count" FROM "profile bins", ${ends})
SELECT ${toText('edge')} AS "from", ${toText('next_edge')} AS "to", "count" FROM "profile edges" ORDER BY edge`;
}

/** With ends that are doubles; also of figures too far from each other to be subtracted. */
export function toRoughHistogram(named: Named): string {
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
  ${toPresent(named, ends)}
)
GROUP BY low, high, bin ORDER BY bin`;
}

/** Beyond one and a half times the middle half (Tukey), or beyond three standard deviations. */
export function toOutliers(named: Named, by: 'quartiles' | 'deviations') {
  const at = toDistance(named, `${base}.low`);
  const isShifted = isExact(named.column.type);
  const beside = isShifted ? [base] : [];
  const quartile = (part: number) => `quantile_cont(${at}, ${part})`;
  const width = `1.5 * (${quartile(0.75)} - ${quartile(0.25)})`;
  const [low, high] =
    by === 'quartiles'
      ? [`${quartile(0.25)} - ${width}`, `${quartile(0.75)} + ${width}`]
      : [`avg(${at}) - 3 * stddev_samp(${at})`, `avg(${at}) + 3 * stddev_samp(${at})`];
  const bounds = `WITH ${isShifted ? `${toBase(named)}, ` : ''}${ends} AS (SELECT ${low} AS low, ${high} AS high ${toPresent(named, ...beside)})`;
  const outside = `${toPresent(named, ends, ...beside)} AND (${at} < ${ends}.low OR ${at} > ${ends}.high)`;
  const toShown = (edge: string) => `${isShifted ? `${base}.low::DOUBLE + ` : ''}${ends}.${edge} AS "${edge}"`;
  return {
    figures: `${bounds}\nSELECT ${toShown('low')}, ${toShown('high')}, (SELECT count(*) ${outside}) AS "count" FROM ${[ends, ...beside].join(', ')}`,
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
  const rows = `FROM ${from} AS ${own}`;
  const where = `WHERE ${terms.map(toCondition).join(' AND ')}`;
  const lows = terms.map((named, index) => `min(${toTerm(named)}) AS low${index}`);
  const ranks = terms.map((named, index) => {
    const term = toTerm(named);
    return `rank() OVER (ORDER BY ${term}) + (count(*) OVER (PARTITION BY ${term}) - 1) / 2.0 AS rank${index}`;
  });
  const values = terms.map((named, index) => `${toDistance(named, `${base}.low${index}`)} AS value${index}`);
  const inner = `SELECT ${[...values, ...(isRanked ? ranks : [])].join(', ')} ${rows}, ${base} ${where}`;
  return `WITH ${base} AS (SELECT ${lows.join(', ')} ${rows} ${where})\nSELECT corr(value0, value1) AS "pearson", ${isRanked ? 'corr(rank0, rank1)' : 'NULL'} AS "spearman", count(*) AS "rows" FROM (${inner})`;
}
