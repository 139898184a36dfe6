import { memo, useMemo } from 'react';
import { drawMarkdown } from './draw-markdown.tsx';
import { parseMarkdown } from './parse-markdown.ts';

/** One block of Markdown; drawn again only when its own text or the known sources change. */
export const MarkdownBlock = memo(function MarkdownBlock({
  text,
  sourceNumbers,
  sourcePrefix,
}: {
  text: string;
  /** The known sources' numbers, joined by commas, so that an unchanged list is an equal value. */
  sourceNumbers: string;
  sourcePrefix: string;
}) {
  const { root, definitions } = useMemo(() => parseMarkdown(text), [text]);
  const sources = useMemo(
    () => new Set(sourceNumbers === '' ? [] : sourceNumbers.split(',').map(Number)),
    [sourceNumbers],
  );
  return drawMarkdown(root, { definitions, sources, sourcePrefix });
});
