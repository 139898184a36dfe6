import type { Table, TableRow } from 'mdast';
import { memo, useMemo, useState } from 'react';
import { drawMarkdown, TableInPlace } from './draw-markdown.tsx';
import { type ParsedMarkdown, parseMarkdown } from './parse-markdown.ts';
import type { MarkdownBlock } from './split-blocks.ts';

const partRows = 50;
type Part = { rows: readonly TableRow[]; table: Table | undefined; definitions: ParsedMarkdown['definitions'] };

/** A table of thousands of rows, which are parsed a part at a time when they are shown. */
export default memo(function LongTable({ block }: { block: Extract<MarkdownBlock, { kind: 'table' }> }) {
  // A row that was parsed stays so while the table grows.
  const [parts] = useState(() => new Map<string, Part>());
  const { head, rows, definitions } = block;
  const drawn = useMemo(() => {
    const readPart = (place: number): Part => {
      const text = [head, ...rows.slice(place * partRows, (place + 1) * partRows)].join('\n');
      const known = parts.get(text);
      if (known !== undefined) return known;
      const parsed = parseMarkdown(text, definitions);
      const table = parsed.root.children.find((node) => node.type === 'table');
      const part = { table, rows: table?.children.slice(1) ?? [], definitions: parsed.definitions };
      parts.set(text, part);
      return part;
    };
    const first = readPart(0);
    const drawCells = (row: TableRow) =>
      row.children.map((cell) => drawMarkdown(cell, { definitions: first.definitions, hasMarks: true }));
    const found = {
      count: rows.length,
      find: (row: number) => readPart(Math.floor(row / partRows)).rows[row % partRows],
    };
    return { table: first.table, drawCells, rows: found };
  }, [head, rows, definitions, parts]);
  return (
    <TableInPlace
      head={drawn.table?.children[0]}
      align={drawn.table?.align ?? []}
      rows={drawn.rows}
      drawCells={drawn.drawCells}
    />
  );
});
