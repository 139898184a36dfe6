/** A row of a CSV file with the line that it begins on. */
type CsvRow = { line: number; cells: string[] };

/**
 * Reads CSV (RFC 4180): commas, quotes doubled within quotes, line breaks within quotes; empty lines are left out. Pure.
 *
 * @returns the rows, or the line on which a quote is opened that never closes
 */
export function parseCsv(text: string): { rows: CsvRow[] } | { unclosedLine: number } {
  const rows: CsvRow[] = [];
  let [cells, cell, line, begunOn]: [string[], string, number, number] = [[], '', 1, 1];
  let quotedSince: number | null = null;
  const endRow = () => {
    cells.push(cell);
    if (cells.length > 1 || cell !== '') rows.push({ line: begunOn, cells });
    [cells, cell] = [[], ''];
  };
  const source = text.replace(/^\ufeff/, '').replaceAll(/\r\n?/g, '\n');
  for (let place = 0; place < source.length; place += 1) {
    const letter = source[place] ?? '';
    if (letter === '\n') line += 1;
    if (quotedSince !== null) {
      if (letter !== '"') cell += letter;
      else if (source[place + 1] === '"') cell += source[(place += 1)];
      else quotedSince = null;
    } else if (letter === '"' && cell === '') quotedSince = line;
    else if (letter === ',') {
      cells.push(cell);
      cell = '';
    } else if (letter === '\n') {
      endRow();
      begunOn = line;
    } else cell += letter;
  }
  if (quotedSince !== null) return { unclosedLine: quotedSince };
  endRow();
  return { rows };
}
