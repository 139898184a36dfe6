import { lazy, Suspense } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { CodeBlock } from '#web/ui/code-block.tsx';
import { FoldedCode } from './late-blocks.ts';

const Diagram = lazy(() => import('./diagram.tsx'));
const PagePreview = lazy(() => import('#web/features/runs/components/page-preview.tsx'));

export type AnswerCodeProps = {
  language: string;
  text: string;
  /** It has come whole. */
  closed: boolean;
};

/** Code of an answer: a diagram where it draws one, and a page that can be tried where it is one. */
export function AnswerCode(props: AnswerCodeProps) {
  const { language, text, closed } = props;
  const { t } = useTranslation('runs');
  const code = (
    <Suspense fallback={<CodeBlock label={language || t('code.name')} code={text} />}>
      <FoldedCode {...props} />
    </Suspense>
  );
  const View = language === 'mermaid' ? Diagram : /^html?$/i.test(language) ? PagePreview : null;
  if (View === null || !closed || text.trim() === '') return code;
  return (
    <Suspense fallback={code}>
      <View source={text}>{code}</View>
    </Suspense>
  );
}
