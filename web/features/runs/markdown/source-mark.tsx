import { lazy, Suspense, use } from 'react';
import { AnswerSources } from './answer-sources.ts';

const KnownMark = lazy(() => import('./known-mark.tsx'));

/** A numbered mark that shows its source; a number without a source stays the words that it is. */
export function SourceMark({ number }: { number: number }) {
  const { sources, prefix } = use(AnswerSources);
  const source = sources.get(number);
  if (source === undefined) return `[${number}]`;
  return (
    <Suspense fallback={<span className="source-mark">{number}</span>}>
      <KnownMark source={source} prefix={prefix} />
    </Suspense>
  );
}
