import type { TableRow } from 'mdast';
import type { TableRows } from '#web/features/runs/components/table-rows.ts';
import type { DrawCells } from './markdown-table.tsx';
import { toPlainText } from './parse-markdown.ts';

/** The parsed rows of a table. */
export function toTableRows(
  { count, find }: { count: number; find: (row: number) => TableRow | undefined },
  drawCells: DrawCells,
): TableRows {
  return {
    count,
    draw: (row) => {
      const found = find(row);
      return found === undefined ? [] : drawCells(found);
    },
    read: (row) => find(row)?.children.map(toPlainText) ?? [],
  };
}
