import type { Cell, Found, Row, Table } from './found.ts';

const longestRule = 2_000;
const mostColumns = 200;
const mostRows = 20_000;

type Line = { text: string; start: number; end: number };

function toLines(text: string): Line[] {
  let start = 0;
  return text.split('\n').map((line) => {
    const found = { text: line.replace(/\r$/, ''), start, end: start + line.length };
    start += line.length + 1;
    return found;
  });
}

/** A cell as a number where it is one ("1,200", "$3.5", "40%"), else as text. */
export function toCell(text: string): Cell {
  const clean = text.trim().replace(/^"(.*)"$/, '$1');
  if (clean === '') return null;
  return /^[-+]?[$€£¥]?\d[\d,]*(?:\.\d+)?%?$/.test(clean) && !/^0\d/.test(clean)
    ? Number(clean.replaceAll(/[$€£¥,%]/g, ''))
    : clean;
}

/** Cells of a line; a separator inside double quotes does not separate. */
function splitCells(line: string, separator: string): string[] {
  const cells = [''];
  let quoted = false;
  for (const sign of line) {
    if (sign === '"') quoted = !quoted;
    if (sign === separator && !quoted) cells.push('');
    else cells[cells.length - 1] += sign;
  }
  return cells.map((cell) => cell.trim());
}

function toTable(header: string[], allLines: string[][]): Table {
  const lines = allLines.slice(0, mostRows);
  const columns = header
    .slice(0, mostColumns)
    .map((name, index) => name.replace(/^"(.*)"$/, '$1') || `column ${index + 1}`);
  const rows = lines.map((cells) =>
    Object.fromEntries<Cell>(columns.map((column, index) => [column, toCell(cells[index] ?? '')])),
  );
  return { columns, rows };
}

function markdownCells(line: string): string[] {
  return line
    .trim()
    .replace(/^\|/, '')
    .replace(/\|$/, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}

const rule = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

/** Markdown tables: a header, a line of dashes, rows. */
function findMarkdownTables(lines: Line[]): Found[] {
  const found: Found[] = [];
  for (let at = 1; at < lines.length; at += 1) {
    const [header, line] = [lines[at - 1], lines[at]];
    if (!header?.text.includes('|') || line === undefined || line.text.length > longestRule || !rule.test(line.text))
      continue;
    let end = at + 1;
    while (lines[end]?.text.includes('|')) end += 1;
    const body = lines.slice(at + 1, end);
    if (body.length > 0) {
      const table = toTable(
        markdownCells(header.text),
        body.map(({ text }) => markdownCells(text)),
      );
      found.push(toFound(table, [header, line, ...body]));
    }
    at = end;
  }
  return found;
}

function toFound(table: Table, lines: Line[]): Found {
  const start = lines[0]?.start ?? 0;
  return {
    kind: 'table',
    text: lines.map(({ text }) => text).join('\n'),
    value: table,
    start,
    end: lines.at(-1)?.end ?? start,
  };
}

/** Blocks of at least two lines with the same number of tabs, semicolons or commas, of which a later line has a number. */
function findSeparatedTables(lines: Line[]): Found[] {
  for (const separator of ['\t', ';', ',', '，', '|']) {
    const counts = lines.map(({ text }) => splitCells(text, separator).length);
    const found: Found[] = [];
    for (let at = 0; at < lines.length;) {
      const width = counts[at] ?? 1;
      let end = at + 1;
      while (width > 1 && counts[end] === width) end += 1;
      const cells = lines.slice(at, end).map(({ text }) => splitCells(text, separator));
      const [first = [], ...rest] = cells;
      if (rest.length > 0 && rest.flat().some((cell) => typeof toCell(cell) === 'number')) {
        const headless = first.some((cell) => typeof toCell(cell) === 'number');
        const table = headless
          ? toTable(
              first.map((_, index) => namesFor(cells.flat().join(' '))[index] ?? `column ${index + 1}`),
              cells,
            )
          : toTable(first, rest);
        found.push(toFound(table, lines.slice(at, end)));
      }
      at = end;
    }
    if (found.length > 0) return found;
  }
  return [];
}

export const recogniseMarkdownTables = (text: string): Found[] => findMarkdownTables(toLines(text));

/** Tables as people paste them: Markdown, CSV, TSV. */
export function recogniseTables(text: string): Found[] {
  const markdown = recogniseMarkdownTables(text);
  return markdown.length > 0 ? markdown : findSeparatedTables(toLines(text));
}

/** Names for the columns of data that brings none. */
const namesFor = (text: string): [string, string] =>
  /\p{Script=Han}/u.test(text) ? ['项目', '数值'] : ['label', 'value'];

const chartWish = /\b(?:chart|plot|graph|draw)\b|图|画/i;

/** "Jan 10, Feb 20, Mar 15" or "苹果：3，梨：5": at least two labels with their numbers, where a chart is wished for. */
export function recognisePairs(text: string): Found[] {
  if (!chartWish.test(text)) return [];
  const pair = "[\\p{L}][\\p{L}\\d .'-]{0,30}?\\s*[:：=]?\\s*[$€£¥]?-?\\d+(?:,\\d{3})*(?:\\.\\d+)?%?";
  return [
    ...text.matchAll(
      new RegExp(`(?<![\\p{L}\\d])${pair}(?:\\s*(?:[,，、;；\\n]|and|和)\\s*(?:and\\s+)?${pair})+`, 'giu'),
    ),
  ].flatMap((match) => {
    const [label, figure] = namesFor(text);
    const rows = match[0].split(/\s*(?:[,，、;；\n](?!\d{3}(?!\d))|\band\b|和)\s*/iu).flatMap((piece) => {
      const parts = /^(.*?)\s*[:：=]?\s*([$€£¥]?-?\d[\d,]*(?:\.\d+)?%?)$/su.exec(piece.trim());
      return parts?.[1]
        ? [
            {
              [label]: parts[1].replace(/^.*\b(?:chart|plot|graph|of|with|for)\b:?\s+/i, ''),
              [figure]: toCell(parts[2] ?? ''),
            },
          ]
        : [];
    });
    const value: Table = { columns: [label, figure], rows };
    return rows.length < 2
      ? []
      : [{ kind: 'table', text: match[0], value, start: match.index, end: match.index + match[0].length, weak: true }];
  });
}

/** An array of flat objects as a table, or null. */
export function toTableOfRecords(value: unknown): Table | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const records = value as unknown[];
  const isRecord = (item: unknown): item is Row => typeof item === 'object' && item !== null && !Array.isArray(item);
  if (!records.every(isRecord)) return null;
  const flat = records.every((record) =>
    Object.values(record).every((cell) => cell === null || typeof cell !== 'object'),
  );
  return flat ? { columns: [...new Set(records.flatMap((record) => Object.keys(record)))], rows: records } : null;
}

const analysed =
  /\b(?:forecast|predict\w*|outlook|extrapolate|indicators?|RSI|MACD|SMA|EMA|Bollinger|volatil\w*|drawdown|Sharpe|next)\b|预测|走势|波动|回撤|均线|布林|指标|夏普/i;
const figures =
  /(?<![\p{L}\d.,])-?\d+(?:\.\d+)?(?:(?:\s*[,，、;]\s+|\s*[，、]\s*|,(?!\d{3}(?!\d))|\s+)-?\d+(?:\.\d+)?){7,}(?![\d.]*\p{L})/gu;

/** Figures in a row, where they are to be analysed: "forecast 10, 12, 11, …". */
export function findNumberLists(text: string): Found[] {
  if (!analysed.test(text)) return [];
  return [...text.matchAll(figures)].map(({ 0: list, index }) => {
    const values = (list.match(/-?\d+(?:\.\d+)?/g) ?? []).slice(0, mostRows).map(Number);
    const table: Table = { columns: ['value'], rows: values.map((value) => ({ value })) };
    return { kind: 'table', text: list, value: table, start: index, end: index + list.length };
  });
}
