import { v7 } from 'uuid';
import type { Artifact } from '#server/contract/run-event.ts';
import { byteOrderMark, type CsvCell, toCsv } from '#server/contract/to-csv.ts';
import type { StoreFile } from '#server/runtime/tools/tool.ts';

export type CodeTable = { title: string; columns: string[]; rows: CsvCell[][] };

const mostShownRows = 100;
const longestShownCell = 300;

/** Keeps a table as a CSV file, and as what the page shows of it. */
export async function keepTable(
  { title, columns, rows }: CodeTable,
  storeFile: StoreFile,
): Promise<Extract<Artifact, { kind: 'file' }>> {
  const mediaType = 'text/csv; charset=utf-8';
  const { id, size } = await storeFile({
    name: `${toFileName(title)}.csv`,
    mediaType,
    bytes: new TextEncoder().encode(byteOrderMark + toCsv([columns, ...rows])),
  });
  return {
    kind: 'file',
    id: v7(),
    title,
    file: id,
    mediaType,
    size,
    table: {
      columns,
      rows: rows.slice(0, mostShownRows).map((row) => row.map((cell) => toShown(cell))),
      total: rows.length,
    },
  };
}

function toShown(cell: CsvCell): CsvCell {
  return typeof cell === 'string' && cell.length > longestShownCell ? `${cell.slice(0, longestShownCell)}…` : cell;
}

function toFileName(title: string): string {
  const clean = title.replace(/[\p{Cc}\p{Cf}\p{Cs}\s\\/:*?"<>|]+/gu, ' ').trim();
  return clean === '' ? 'table' : clean.slice(0, 80);
}
