import { memo } from 'react';
import { drawMarkdown } from './draw-markdown.tsx';
import { type ParsedMarkdown, parseMarkdown } from './parse-markdown.ts';

const mostParsed = 300;
/** The texts that were drawn last: React begins a drawing anew when a key comes between, and readers come back. */
const parsed = new Map<string, ParsedMarkdown>();

/** One block of Markdown; drawn again only when its own text changes. */
export const MarkdownBlock = memo(function MarkdownBlock({ text, definitions }: { text: string; definitions: string }) {
  const block = parseOnce(text, definitions);
  return drawMarkdown(block.root, { definitions: block.definitions, hasMarks: true });
});

function parseOnce(text: string, definitions: string): ParsedMarkdown {
  const key = `${definitions}\0${text}`;
  const block = parsed.get(key) ?? parseMarkdown(text, definitions);
  parsed.delete(key);
  parsed.set(key, block);
  const [oldest] = parsed.keys();
  if (parsed.size > mostParsed && oldest !== undefined) parsed.delete(oldest);
  return block;
}
