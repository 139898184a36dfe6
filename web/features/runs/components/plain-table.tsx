import { useMemo } from 'react';
import { AnswerTable } from './answer-table.tsx';
import { toPlainRows } from './table-rows.ts';

/** A table of plain words, such as a chart's data. */
export function PlainTable({
  label,
  columns,
  rows,
}: {
  label: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}) {
  const head = useMemo(() => columns.map((words) => ({ drawn: words, words })), [columns]);
  const plain = useMemo(() => toPlainRows(rows), [rows]);
  return <AnswerTable label={label} columns={head} rows={plain} />;
}
