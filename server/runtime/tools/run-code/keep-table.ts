import { v7 } from 'uuid';
import type { Artifact } from '#server/contract/run-event.ts';
import type { StoreFile } from '#server/runtime/tools/tool.ts';

type Cell = string | number | boolean | null;
export type CodeTable = { title: string; columns: string[]; rows: Cell[][] };

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
    bytes: new TextEncoder().encode(toCsv(columns, rows)),
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

/** RFC 4180, with a byte order mark: spreadsheet programs read Chinese wrongly without one. */
export function toCsv(columns: string[], rows: Cell[][]): string {
  const lines = [columns, ...rows].map((row) => row.map(toField).join(','));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

function toField(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  // A text that a spreadsheet would run as a formula, unless it is a number.
  const safe = /^[=+\-@\t\r]/.test(cell) && !/^[-+]?[\d.]+(?:e[-+]?\d+)?$/i.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function toShown(cell: Cell): Cell {
  return typeof cell === 'string' && cell.length > longestShownCell ? `${cell.slice(0, longestShownCell)}…` : cell;
}

function toFileName(title: string): string {
  const clean = title.replace(/[\p{Cc}\p{Cf}\p{Cs}\s\\/:*?"<>|]+/gu, ' ').trim();
  return clean === '' ? 'table' : clean.slice(0, 80);
}
