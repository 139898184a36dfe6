import { memo, useMemo } from 'react';
import { drawMarkdown } from './draw-markdown.tsx';
import { parseMarkdown } from './parse-markdown.ts';

/** One block of Markdown; drawn again only when its own text changes. */
export const MarkdownBlock = memo(function MarkdownBlock({ text, definitions }: { text: string; definitions: string }) {
  const parsed = useMemo(() => parseMarkdown(text, definitions), [text, definitions]);
  return drawMarkdown(parsed.root, { definitions: parsed.definitions, hasMarks: true });
});
