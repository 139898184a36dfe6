/** Without it, spreadsheets do not take a file for UTF-8 and read Chinese wrongly. */
export const byteOrderMark = '\uFEFF';

/** A cell of a CSV file; nothing is an empty one. */
export type CsvCell = string | number | boolean | null;

/**
 * A table as CSV (RFC 4180), each row with its end of line; a file of it begins with `byteOrderMark`. Pure.
 *
 * A text that a spreadsheet would run as a formula gets an apostrophe before it, unless it is a number (OWASP, CSV injection): names
 * and symbols come from strangers.
 */
export function toCsv(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${row.map(toField).join(',')}\r\n`).join('');
}

const beginsAsFormula = /^\s*[=+\-@|%\t\r\n＝＋－＠]/;
const isNumber = /^[-+]?[\d.,]+(?:e[-+]?\d+)?\s?%?$/i;

function toField(cell: CsvCell): string {
  if (typeof cell !== 'string') return String(cell ?? '');
  const safe = beginsAsFormula.test(cell) && !isNumber.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
