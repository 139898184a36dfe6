import type { ReportBlock } from '#server/contract/report-block.ts';

const isRow = (line: string | undefined) => line !== undefined && /^\s*\|.*\|\s*$/.test(line);
const isRule = (line: string | undefined) => line !== undefined && /^\s*\|(?:\s*:?-+:?\s*\|)+\s*$/.test(line);
const toCells = (line: string) =>
  line
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => toPlain(cell.replaceAll('\\|', '|').trim()));
/** Words of a line without the marks of Markdown that a page would hide. */
const toPlain = (text: string) => text.replaceAll(/!?\[([^\]]*)\]\([^)\s]*\)/g, '$1').replaceAll(/\*\*|`/g, '');

/** Markdown for paper, with its tables as tables. */
export function toMarkdownBlocks(markdown: string): ReportBlock[] {
  const blocks: ReportBlock[] = [];
  const lines = markdown.split('\n');
  let text: string[] = [];
  for (let place = 0; place < lines.length; place += 1) {
    const line = lines[place] ?? '';
    if (!isRow(line) || !isRule(lines[place + 1])) {
      text.push(toPlain(line));
      continue;
    }
    const rows: string[][] = [];
    let end = place + 2;
    for (; isRow(lines[end]); end += 1) rows.push(toCells(lines[end] ?? ''));
    blocks.push({ kind: 'text', markdown: text.join('\n') }, { kind: 'table', columns: toCells(line), rows });
    text = [];
    place = end - 1;
  }
  return [...blocks, { kind: 'text', markdown: text.join('\n') }];
}
