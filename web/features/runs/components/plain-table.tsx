import { useMemo } from 'react';
import { AnswerTable } from './answer-table.tsx';
import { toPlainRows } from './table-rows.ts';

const isFigure = (words: string) => words === '' || Number.isFinite(Number(words));

/** A table of plain words, such as a chart's data; columns of figures stand to the right. */
export function PlainTable({
  label,
  columns,
  rows,
}: {
  label: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}) {
  const head = useMemo(
    () =>
      columns.map((words, column) => ({
        ...{ drawn: words, words },
        align: rows.every((row) => isFigure(row[column] ?? '')) ? ('right' as const) : null,
      })),
    [columns, rows],
  );
  const plain = useMemo(() => toPlainRows(rows), [rows]);
  return <AnswerTable label={label} columns={head} rows={plain} />;
}
