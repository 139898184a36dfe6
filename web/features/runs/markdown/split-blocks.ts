import { isDelimiterRow } from './split-row.ts';

/** A piece of Markdown that can be drawn alone. What is `closed` has its ending fence; an open formula keeps its marks. */
export type MarkdownBlock = {
  /** Where it begins in the whole text. */
  start: number;
  text: string;
} & (
  | { kind: 'text'; /** The lines elsewhere that its references lead to. */ definitions: string }
  | { kind: 'code'; language: string; closed: boolean }
  | { kind: 'math'; closed: boolean }
  | { kind: 'table'; head: string; rows: string[]; definitions: string }
);

type Definition = { label: string; line: string; start: number };

const openingFence = /^ {0,3}(`{3,}|~{3,})\s*([^\s`]*)[^`]*$/;
const openingMath = /^ {0,3}(\$\$|\\\[)/;
const definition = /^ {0,3}\[(\^?[^\]^][^\]]*)\]:\s*\S+.*$/;
const reference = /\[(\^?[^\]^][^\]]*)\]/g;
const continuesList = /^(?: {2,}|\t|[-*+] |\d{1,9}[.)] )/;
const longTableRows = 60;
const mostDefinitions = 500;

/**
 * Splits a text that grows into blocks that no longer change once a later one has begun: each call reads only from the
 * last block on, and what has not changed is the same object as before. References carry their definitions along.
 */
export function createBlockSplitter(): (markdown: string) => MarkdownBlock[] {
  let known = '';
  let blocks: MarkdownBlock[] = [];
  let definitions: Definition[] = [];
  return (markdown) => {
    if (markdown === known) return blocks;
    const last = markdown.startsWith(known) ? blocks.at(-1) : undefined;
    const start = last?.start ?? 0;
    const found = splitFrom(markdown, start);
    const kept = last === undefined ? [] : blocks.slice(0, -1);
    const earlier = definitions.filter((one) => one.start < start);
    const isNew = definitions.length !== earlier.length || found.definitions.length > 0;
    known = markdown;
    definitions = [...earlier, ...found.definitions].slice(0, mostDefinitions);
    const byLabel = new Map(definitions.map(({ label, line }) => [label, line] as const).reverse());
    blocks = [
      ...(isNew ? kept.map((block) => withDefinitions(block, byLabel)) : kept),
      ...found.blocks.map((block) => withDefinitions(block, byLabel)),
    ];
    return blocks;
  };
}

function splitFrom(markdown: string, from: number): { blocks: MarkdownBlock[]; definitions: Definition[] } {
  const blocks: MarkdownBlock[] = [];
  const definitions: Definition[] = [];
  const all = markdown.slice(from).split('\n');
  let lines: string[] = [];
  let start = from;
  let at = from;

  const closeText = () => {
    const text = lines.join('\n').replace(/\s+$/, '');
    if (text.trim() !== '') blocks.push(toTextBlock(text, start));
    lines = [];
    start = at;
  };

  for (let index = 0; index < all.length; index += 1) {
    const line = all[index] ?? '';
    const isIndented = isInList(lines) && /^ {2,}/.test(line);
    const fence = isIndented ? null : openingFence.exec(line);
    const fenced = fence ? findFence(all, index, fence) : isIndented ? null : findMath(all, index);
    if (fenced !== null) {
      closeText();
      const { end, ...block } = fenced;
      blocks.push({ ...block, start });
      for (; index < end; index += 1) at += (all[index] ?? '').length + 1;
      index -= 1;
      start = at;
      continue;
    }
    const defined = definition.exec(line);
    if (defined) definitions.push({ label: toLabel(defined[1] ?? ''), line, start: at });
    if (startsBlock(line, lines)) closeText();
    lines.push(line);
    at += line.length + 1;
  }
  closeText();
  return { blocks, definitions };
}

type Fenced = { text: string; closed: boolean; end: number } & ({ kind: 'code'; language: string } | { kind: 'math' });

function findFence(lines: string[], from: number, [, mark = '```', language = '']: RegExpExecArray): Fenced {
  let end = from + 1;
  while (end < lines.length && !isClosingFence(lines[end] ?? '', mark)) end += 1;
  const text = lines.slice(from + 1, end).join('\n');
  return { kind: 'code', language, text, closed: end < lines.length, end: end + 1 };
}

/** A formula that stands alone; one that is not closed before an empty line is none. */
function findMath(lines: string[], from: number): Fenced | null {
  const mark = openingMath.exec(lines[from] ?? '')?.[1];
  if (mark === undefined) return null;
  const closing = mark === '$$' ? '$$' : '\\]';
  for (let end = from; end < lines.length; end += 1) {
    const line = (lines[end] ?? '').trim();
    const rest = end === from ? line.slice(2) : line;
    if (end > from && line === '') return null;
    const place = rest.indexOf(closing);
    if (place === -1) continue;
    if (place < rest.length - 2) return null;
    const text = lines
      .slice(from, end + 1)
      .join('\n')
      .trim()
      .slice(2, -2)
      .trim();
    return { kind: 'math', text, closed: true, end: end + 1 };
  }
  return { kind: 'math', text: lines.slice(from).join('\n').trim(), closed: false, end: lines.length };
}

/** Long tables are blocks of their own kind, whose rows are read when they are shown. */
function toTextBlock(text: string, start: number): MarkdownBlock {
  const lines = text.split('\n');
  if (lines.length > longTableRows && isDelimiterRow(lines[1] ?? '') && lines.every((line) => line.includes('|')))
    return {
      kind: 'table',
      start,
      text,
      head: lines.slice(0, 2).join('\n'),
      rows: lines.slice(2),
      definitions: '',
    };
  return { kind: 'text', start, text, definitions: '' };
}

function isClosingFence(line: string, mark: string): boolean {
  const trimmed = line.trim();
  return trimmed.length >= mark.length && trimmed === (mark[0] ?? '`').repeat(trimmed.length);
}

function startsBlock(line: string, before: string[]): boolean {
  if (line.trim() === '' || before.at(-1)?.trim() !== '') return false;
  return !(isInList(before) && continuesList.test(line)) && !line.startsWith('    ');
}

function isInList(lines: string[]): boolean {
  const first = lines.find((line) => line.trim() !== '');
  return first !== undefined && /^ {0,3}(?:[-*+]|\d{1,9}[.)])\s/.test(first);
}

const toLabel = (words: string) => words.trim().replace(/\s+/g, ' ').toLowerCase();

/** The block with the definitions that it refers to; the same object where nothing changes. */
function withDefinitions(block: MarkdownBlock, byLabel: ReadonlyMap<string, string>): MarkdownBlock {
  if (block.kind === 'code' || block.kind === 'math' || byLabel.size === 0 || !block.text.includes('[')) return block;
  const labels = new Set([...block.text.matchAll(reference)].map(([, words = '']) => toLabel(words)));
  const lines = [...labels].flatMap((label) => byLabel.get(label) ?? []);
  const definitions = lines.join('\n');
  return definitions === block.definitions ? block : { ...block, definitions };
}
