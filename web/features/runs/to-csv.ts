/** A table as RFC 4180 writes it; what a spreadsheet would run as a formula is marked as words. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(toField).join(',')}\r\n`).join('');
}

function toField(cell: string): string {
  const safe = /^[=+\-@\t\r]/.test(cell) && !/^[-+]?[\d.,]+(?:e[-+]?\d+)?\s?%?$/i.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
