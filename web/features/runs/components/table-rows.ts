import type { ReactNode } from 'react';

/** The rows of a table of any length; only those that are asked for are made. */
export type TableRows = {
  count: number;
  draw: (row: number) => readonly ReactNode[];
  read: (row: number) => readonly string[];
};

/** Rows of plain words. */
export function toPlainRows(rows: readonly (readonly string[])[]): TableRows {
  const read = (row: number) => rows[row] ?? [];
  return { count: rows.length, draw: read, read };
}
