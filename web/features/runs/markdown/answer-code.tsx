import { WrapText } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { CodeBlock } from '#web/ui/code-block.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';

const HighlightedCode = lazy(() => import('./highlighted-code.tsx'));
const Diagram = lazy(() => import('./diagram.tsx'));
const PagePreview = lazy(() => import('#web/features/runs/components/page-preview.tsx'));

const longestHighlighted = 40_000;
const foldedFrom = 32;
const foldedLines = 20;

type AnswerCodeProps = {
  language: string;
  text: string;
  /** It has come whole. */
  closed: boolean;
};

/** Code of an answer: a diagram where it draws one, and a page that can be tried where it is one. */
export function AnswerCode(props: AnswerCodeProps) {
  const { language, text, closed } = props;
  const code = <FoldedCode {...props} />;
  if (!closed || text.trim() === '') return code;
  const View = language === 'mermaid' ? Diagram : /^html?$/i.test(language) ? PagePreview : null;
  return View === null ? (
    code
  ) : (
    <Suspense fallback={code}>
      <View source={text}>{code}</View>
    </Suspense>
  );
}

function FoldedCode({ language, text, closed }: AnswerCodeProps) {
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
