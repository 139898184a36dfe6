/** A piece of Markdown that can be drawn alone. `closed` code has its ending fence. */
export type MarkdownBlock =
  { kind: 'text'; text: string } | { kind: 'code'; language: string; text: string; closed: boolean };

const openingFence = /^ {0,3}(`{3,}|~{3,})\s*([^\s`]*)[^`]*$/;
const definition = /^ {0,3}\[[^\]^][^\]]*\]:\s*\S+.*$/;
const footnote = /^\[\^[^\]]+\]:/m;
const continuesList = /^(?: {2,}|\t|[-*+] |\d{1,9}[.)] )/;

/**
 * Splits Markdown into blocks that no longer change once a later one has begun, so that only the last is drawn again
 * while an answer streams. Link definitions are repeated in each block that may use them; footnotes keep a text whole.
 */
export function splitBlocks(markdown: string): MarkdownBlock[] {
  if (footnote.test(markdown)) return [{ kind: 'text', text: markdown }];
  const blocks: MarkdownBlock[] = [];
  const definitions: string[] = [];
  let lines: string[] = [];
  let fence: { mark: string; language: string } | null = null;

  const closeText = () => {
    const text = lines.join('\n').replace(/\s+$/, '');
    if (text.trim() !== '') blocks.push({ kind: 'text', text });
    lines = [];
  };
  const closeCode = (language: string, closed: boolean) => {
    blocks.push({ kind: 'code', language, text: lines.join('\n'), closed });
    lines = [];
  };

  for (const line of markdown.split('\n')) {
    if (fence) {
      if (isClosingFence(line, fence.mark)) {
        closeCode(fence.language, true);
        fence = null;
      } else lines.push(line);
      continue;
    }
    const opening = openingFence.exec(line);
    if (opening && !(isInList(lines) && /^ {2,}/.test(line))) {
      closeText();
      fence = { mark: opening[1] ?? '```', language: opening[2] ?? '' };
      continue;
    }
    if (definition.test(line)) definitions.push(line);
    if (startsBlock(line, lines)) closeText();
    lines.push(line);
  }
  if (fence) closeCode(fence.language, false);
  else closeText();
  return definitions.length === 0 ? blocks : blocks.map((block) => withDefinitions(block, definitions));
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

function withDefinitions(block: MarkdownBlock, definitions: string[]): MarkdownBlock {
  if (block.kind === 'code' || !block.text.includes('[')) return block;
  return { kind: 'text', text: `${block.text}\n\n${definitions.join('\n')}` };
}
