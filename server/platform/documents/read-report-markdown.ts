type Line = { kind: 'line'; text: string; look: 'text' | 'code' | '# ' | '## ' | '### ' };
export type ReportPart = Line | { kind: 'gap' } | { kind: 'table'; columns: string[]; rows: string[][] };

const headings = ['# ', '## ', '### '] as const;
const isRow = (line: string | undefined) => line !== undefined && /^\s*\|.*\|\s*$/.test(line);
const isRule = (line: string | undefined) => line !== undefined && /^\s*\|(?:\s*:?-+:?\s*\|)+\s*$/.test(line);
/** Words of a line without the marks that a page would hide. */
const toPlain = (text: string) => text.replaceAll(/!?\[([^\]]*)\]\([^)\s]*\)/g, '$1').replaceAll(/\*\*|`/g, '');
const toCells = (line: string) =>
  line
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => toPlain(cell.replaceAll('\\|', '|').trim()));

/** Markdown as a report is written from it: lines of one look each, the room between them, and tables; code stays as it is. */
export function* readReportMarkdown(markdown: string): Generator<ReportPart> {
  const lines = markdown.split('\n');
  let fence: string | null = null;
  for (let place = 0; place < lines.length; place += 1) {
    const line = lines[place] ?? '';
    const [ticks] = /^`{3,}/.exec(line) ?? [];
    if (fence === null && ticks !== undefined) fence = ticks;
    else if (fence !== null && line.trimEnd() === fence) fence = null;
    else if (fence !== null) yield { kind: 'line', text: line === '' ? ' ' : line, look: 'code' };
    else if (line.trim() === '') yield { kind: 'gap' };
    else if (isRow(line) && isRule(lines[place + 1])) {
      let end = place + 2;
      while (isRow(lines[end])) end += 1;
      yield { kind: 'table', columns: toCells(line), rows: lines.slice(place + 2, end).map(toCells) };
      place = end - 1;
    } else {
      const look = headings.find((mark) => line.startsWith(mark)) ?? 'text';
      yield { kind: 'line', text: toPlain(line.replace(/^#+ /, '')), look };
    }
  }
}
