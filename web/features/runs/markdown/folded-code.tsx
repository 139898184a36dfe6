import { WrapText } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { useTouched } from '#web/lib/use-touched.ts';
import { CodeBlock } from '#web/ui/code-block.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import type { AnswerCodeProps } from './answer-code.tsx';

const HighlightedCode = lazy(() => import('./highlighted-code.tsx'));

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
  // The colours are a tenth of all that a conversation brings: they come while a hand is on its way.
  const isTouched = useTouched();
  const isColoured = isTouched && closed && language !== '' && text.length <= longestHighlighted;
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
      {isColoured ? (
        <Suspense fallback={shown}>
          <HighlightedCode language={language} code={shown} />
        </Suspense>
      ) : (
        shown
      )}
    </CodeBlock>
  );
}
