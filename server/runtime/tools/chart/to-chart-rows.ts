import type { ResultPage } from '#server/contract/execution.ts';
import type { ChartRow } from './build-specification.ts';

/** A picture may round what the rows say exactly. */
export const toChartRows = ({ columns, rows }: Pick<ResultPage, 'columns' | 'rows'>): ChartRow[] =>
  rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, toPlain(row[index])])));

/** A value as a cell of a table takes it. */
export const toPlain = (value: unknown) =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : JSON.stringify(value);
