import { useMemo } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { CodeBlock } from '#web/ui/code-block.tsx';
import { MarkdownBlock } from './markdown-block.tsx';
import { splitBlocks } from './split-blocks.ts';
import './markdown.css';

export type MarkdownProps = { text: string; sourceNumbers: number[]; sourcePrefix: string };

/** Markdown as safe content, block by block, so that a growing text draws only its end anew. */
export default function MarkdownBody({ text, sourceNumbers, sourcePrefix }: MarkdownProps) {
  const { t } = useTranslation('runs');
  const blocks = useMemo(() => splitBlocks(text), [text]);
  const numbers = sourceNumbers.join(',');
  return (
    <div className="markdown">
      {blocks.map((block, index) =>
        block.kind === 'code' ? (
          <CodeBlock key={index} label={block.language || t('code')} code={block.text} />
        ) : (
          <MarkdownBlock key={index} text={block.text} sourceNumbers={numbers} sourcePrefix={sourcePrefix} />
        ),
      )}
    </div>
  );
}
