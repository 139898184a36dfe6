import type { AlignType, TableRow } from 'mdast';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { AnswerTable } from '#web/features/runs/components/answer-table.tsx';
import { toPlainText } from './parse-markdown.ts';

export type MarkdownTableProps = {
  head: TableRow | undefined;
  align: readonly AlignType[];
  /** A row is parsed when it is asked for. */
  rows: { count: number; find: (row: number) => TableRow | undefined };
  drawCells: (row: TableRow) => ReactNode[];
};

/** A table of a Markdown text. */
export default function MarkdownTable({ head, align, rows: { count, find }, drawCells }: MarkdownTableProps) {
  const { t } = useTranslation('runs');
  const words = head?.children.map(toPlainText) ?? [];
  const columns = (head === undefined ? [] : drawCells(head)).map((drawn, index) => ({
    drawn,
    words: words[index] ?? '',
    align: align[index],
  }));
  const rows = useMemo(
    () => ({
      count,
      draw: (row: number) => {
        const found = find(row);
        return found === undefined ? [] : drawCells(found);
      },
      read: (row: number) => find(row)?.children.map(toPlainText) ?? [],
    }),
    [count, find, drawCells],
  );
  return <AnswerTable label={t('table.name')} columns={columns} rows={rows} />;
}
