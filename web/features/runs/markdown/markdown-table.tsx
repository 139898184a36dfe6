import type { AlignType, TableRow } from 'mdast';
import type { ReactNode } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { AnswerTable } from '#web/features/runs/components/answer-table.tsx';
import type { TableRows } from '#web/features/runs/components/table-rows.ts';
import { toPlainText } from './parse-markdown.ts';

export type DrawCells = (row: TableRow) => ReactNode[];

/** A table of a Markdown text. */
export function MarkdownTable({
  head,
  align,
  rows,
  drawCells,
}: {
  head: TableRow | undefined;
  align: readonly AlignType[];
  rows: TableRows;
  drawCells: DrawCells;
}) {
  const { t } = useTranslation('runs');
  const words = head?.children.map(toPlainText) ?? [];
  const columns = (head === undefined ? [] : drawCells(head)).map((drawn, index) => ({
    drawn,
    words: words[index] ?? '',
    align: align[index],
  }));
  return <AnswerTable label={t('table.name')} columns={columns} rows={rows} />;
}
