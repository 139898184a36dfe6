import { memo, Suspense } from 'react';
import { classNames } from '#web/lib/class-names.ts';
import { useFormNearView } from '#web/lib/use-form-near-view.ts';
import { AnswerCode } from './answer-code.tsx';
import { Formula } from './formula.tsx';
import { guessHeight } from './guess-height.ts';
import { LongTable } from './late-blocks.ts';
import { MarkdownBlock } from './markdown-block.tsx';
import type { MarkdownBlock as Block } from './split-blocks.ts';
import { toPlainWords } from './to-plain-words.ts';

type MarkdownPartProps = {
  blocks: readonly Block[];
  /** It is seen at once. */
  isSeen: boolean;
  isLast: boolean;
  /** Some parts of its text are not seen at once. */
  isLong: boolean;
};

/** Some neighbouring blocks of a text: plain words until they come near the view, and drawn again only when they change. */
export const MarkdownPart = memo(
  function MarkdownPart({ blocks, isSeen, isLast, isLong }: MarkdownPartProps) {
    const { ref, isFormed, style } = useFormNearView({
      guessPixels: isSeen ? null : guessHeight(blocks),
      mayRest: isLong && !isLast,
    });
    return (
      <div ref={ref} style={style} className={classNames('markdown-part', isLast && 'markdown-end')}>
        {isFormed ? (
          blocks.map((block) => <BlockContent key={block.start} block={block} />)
        ) : (
          <p className="whitespace-pre-wrap">{blocks.map(({ text }) => toPlainWords(text)).join('\n\n')}</p>
        )}
      </div>
    );
  },
  (before, after) =>
    before.isLast === after.isLast &&
    before.isLong === after.isLong &&
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
