import { useMemo, useState } from 'react';
import type { Source } from '#server/contract/run-event.ts';
import { AnswerSources } from './answer-sources.ts';
import { MarkdownPart } from './markdown-part.tsx';
import { createBlockSplitter } from './split-blocks.ts';
import './markdown.css';

export type MarkdownProps = { text: string; sources?: readonly Source[]; sourcePrefix?: string };

/** Few enough that drawing and laying out a part holds up no key. */
const partBlocks = 8;
/** A reader begins at the start, or comes to the end. */
const seenParts = { first: 2, last: 3 };
const noSources: readonly Source[] = [];

/** Markdown as safe content: of a growing text only the end is drawn anew, of a long one what is near the view. */
export default function MarkdownBody({ text, sources = noSources, sourcePrefix = '' }: MarkdownProps) {
  const [split] = useState(createBlockSplitter);
  const blocks = useMemo(() => split(text), [split, text]);
  const known = useMemo(
    () => ({ sources: new Map(sources.map((source) => [source.number, source])), prefix: sourcePrefix }),
    [sources, sourcePrefix],
  );
  const count = Math.ceil(blocks.length / partBlocks);
  return (
    <AnswerSources value={known}>
      <div className="markdown">
        {Array.from({ length: count }, (_, part) => (
          <MarkdownPart
            key={part}
            blocks={blocks.slice(part * partBlocks, (part + 1) * partBlocks)}
            isSeen={part < seenParts.first || part >= count - seenParts.last}
            isLast={part === count - 1}
            isLong={count > seenParts.first + seenParts.last}
          />
        ))}
      </div>
    </AnswerSources>
  );
}
