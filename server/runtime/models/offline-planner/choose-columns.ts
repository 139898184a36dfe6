import type { Row, Table } from './found.ts';
import { dropHidden } from './found.ts';

export type Columns = { x: string; y: string; ys: string[]; series: string | null; ordered: boolean };

const isTime = (value: unknown) =>
  typeof value === 'string' &&
  /^\d{4}(?:[-/]\d{1,2}){1,2}|^\d{4}$|^Q[1-4]|^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\d+月|\d{4}年/i.test(
    value,
  );
const isYear = (name: string) =>
  /^(?:year|date|month|day|week|quarter|time|年份?|月份?|日期|季度|时间)$/i.test(name.trim());

function isNumeric(rows: Row[], column: string): boolean {
  const cells = rows.map((row) => row[column]).filter((cell) => cell !== null && cell !== undefined);
  return cells.length > 0 && cells.every((cell) => typeof cell === 'number');
}

/** Which columns of a table a chart shows: those that the words name, else the first label and the first figures. */
export function chooseColumns({ columns, rows }: Table, words: string): Columns | null {
  const plain = dropHidden(words).toLowerCase();
  const named = columns.filter((column) => column.length > 1 && plain.includes(column.toLowerCase()));
  const numeric = columns.filter((column) => isNumeric(rows, column));
  const labels = columns.filter((column) => !numeric.includes(column) || isYear(column));
  const by = columns.find(
    (column) =>
      plain.includes(`by ${column.toLowerCase()}`) ||
      plain.includes(`per ${column.toLowerCase()}`) ||
      plain.includes(`按${column.toLowerCase()}`),
  );
  const tellsApart = (column: string) => rows.length < 2 || new Set(rows.map((row) => row[column])).size > 1;
  const x = by ?? labels.find((column) => named.includes(column)) ?? labels.find(tellsApart) ?? labels[0] ?? columns[0];
  const figures = numeric.filter((column) => column !== x && !isYear(column));
  const ys = figures.some((column) => named.includes(column))
    ? figures.filter((column) => named.includes(column))
    : figures;
  const y = ys[0] ?? numeric.find((column) => column !== x);
  if (x === undefined || y === undefined) return null;
  const distinct = new Set(rows.map((row) => row[x])).size;
  const others = labels.filter((column) => column !== x && column !== y);
  const series =
    distinct < rows.length
      ? (others.find((column) => named.includes(column)) ?? others[0] ?? null)
      : (others.find((column) => named.includes(column)) ?? null);
  return { x, y, ys: ys.length === 0 ? [y] : ys, series, ordered: isYear(x) || rows.every((row) => isTime(row[x])) };
}

/** The plainest Vega-Lite specification for a table, for tools that take one whole. */
export function toSpecification(table: Table, columns: Columns, kind: string | null) {
  const mark = kind ?? (columns.ordered ? 'line' : 'bar');
  const y = { field: columns.y, type: 'quantitative' };
  const x = { field: columns.x, type: 'nominal', sort: null };
  const encoding =
    mark === 'pie'
      ? { theta: y, color: x }
      : { x, y, ...(columns.series === null ? {} : { color: { field: columns.series, type: 'nominal' } }) };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    data: { values: table.rows },
    mark: mark === 'pie' ? 'arc' : mark,
    encoding,
  };
}
