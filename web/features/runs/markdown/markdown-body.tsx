import { useMemo, useState } from 'react';
import type { Source } from '#server/contract/run-event.ts';
import { AnswerSources } from './answer-sources.ts';
import { MarkdownPart } from './markdown-part.tsx';
import { createBlockSplitter } from './split-blocks.ts';
import { useDrawnParts } from './use-drawn-parts.ts';
import './markdown.css';

export type MarkdownProps = { text: string; sources?: readonly Source[]; sourcePrefix?: string };

const partBlocks = 16;
const noSources: readonly Source[] = [];

/** Markdown as safe content: of a growing text only the end is drawn anew, and a long one is drawn part after part. */
export default function MarkdownBody({ text, sources = noSources, sourcePrefix = '' }: MarkdownProps) {
  const [split] = useState(createBlockSplitter);
  const blocks = useMemo(() => split(text), [split, text]);
  const known = useMemo(
    () => ({ sources: new Map(sources.map((source) => [source.number, source])), prefix: sourcePrefix }),
    [sources, sourcePrefix],
  );
  const count = Math.ceil(blocks.length / partBlocks);
  const drawn = useDrawnParts(count);
  return (
    <AnswerSources value={known}>
      <div className="markdown">
        {Array.from({ length: drawn }, (_, part) => (
          <MarkdownPart
            key={part}
            blocks={blocks.slice(part * partBlocks, (part + 1) * partBlocks)}
            isLast={part === count - 1}
          />
        ))}
      </div>
    </AnswerSources>
  );
}
