import { WrapText } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { laterComponent } from '#web/lib/later-component.ts';
import { Button } from '#web/ui/button.tsx';
import { CodeBlock } from '#web/ui/code-block.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import type { AnswerCodeProps } from './answer-code.tsx';

// The colours are a tenth of all that a conversation brings: they come while a hand is on its way.
const HighlightedCode = laterComponent(async () => (await import('./highlighted-code.tsx')).default, {
  awaitsTouch: true,
  meanwhile: ({ code }) => code,
});

const longestHighlighted = 40_000;
const foldedFrom = 32;
const foldedLines = 20;

/** Code in the colours of its language, which can be wrapped; long code is folded. */
export default function FoldedCode({ language, text, closed }: AnswerCodeProps) {
  const { t } = useTranslation('runs');
  const [isWrapped, setIsWrapped] = useState(false);
  // What somebody has watched coming stays open.
  const [isFolded, setIsFolded] = useState(closed);
  const lines = text.split('\n');
  const canFold = lines.length > foldedFrom;
  const shown = canFold && isFolded ? lines.slice(0, foldedLines).join('\n') : text;
  const isColoured = closed && language !== '' && text.length <= longestHighlighted;
  return (
    <CodeBlock
      label={language || t('code.name')}
      code={text}
      wrap={isWrapped}
      actions={
        <IconButton
          label={t('code.wrap')}
          icon={<WrapText />}
          size="small"
          aria-pressed={isWrapped}
          className="aria-pressed:text-accent"
          onClick={() => setIsWrapped(!isWrapped)}
        />
      }
      footer={
        canFold && (
          <Button size="small" variant="quiet" aria-expanded={!isFolded} onClick={() => setIsFolded(!isFolded)}>
            {isFolded ? t('code.unfold', { count: lines.length }) : t('code.fold')}
          </Button>
        )
      }
    >
      {isColoured ? <HighlightedCode language={language} code={shown} /> : shown}
    </CodeBlock>
  );
}
