import { lazy, memo, Suspense } from 'react';
import { useResting } from '#web/lib/use-resting.ts';
import { AnswerCode } from './answer-code.tsx';
import { Formula } from './formula.tsx';
import { MarkdownBlock } from './markdown-block.tsx';
import type { MarkdownBlock as Block } from './split-blocks.ts';

const LongTable = lazy(() => import('./long-table.tsx'));

/** Some neighbouring blocks of a text, which cost nothing while they do not change and are out of sight. */
export const MarkdownPart = memo(
  function MarkdownPart({ blocks, isLast }: { blocks: readonly Block[]; isLast: boolean }) {
    const ref = useResting(!isLast);
    return (
      <div ref={ref} className="markdown-part">
        {blocks.map((block) => (
          <BlockContent key={block.start} block={block} />
        ))}
      </div>
    );
  },
  (before, after) =>
    before.isLast === after.isLast &&
    before.blocks.length === after.blocks.length &&
    before.blocks.every((block, index) => block === after.blocks[index]),
);

function BlockContent({ block }: { block: Block }) {
  switch (block.kind) {
    case 'text':
      return <MarkdownBlock text={block.text} definitions={block.definitions} />;
    case 'table':
      return (
        <Suspense fallback={<div aria-hidden className="h-96 animate-breathe rounded-md bg-sunken" />}>
          <LongTable block={block} />
        </Suspense>
      );
    case 'math':
      return <Formula source={block.text} isDisplayed isGrowing={!block.closed} />;
    case 'code':
      return <AnswerCode language={block.language} text={block.text} closed={block.closed} />;
  }
}
