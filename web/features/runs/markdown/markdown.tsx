import { lazy, Suspense } from 'react';
import type { MarkdownProps } from './markdown-body.tsx';

const MarkdownBody = lazy(() => import('./markdown-body.tsx'));

/** Markdown whose parser is loaded when it is first needed; until then the text is shown as it was written. */
export function Markdown(props: MarkdownProps) {
  return (
    <Suspense fallback={<div className="whitespace-pre-wrap">{props.text}</div>}>
      <MarkdownBody {...props} />
    </Suspense>
  );
}
