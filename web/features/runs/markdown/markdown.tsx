import { lazy, Suspense, useEffect, useState } from 'react';
import { whenTouched } from '#web/lib/when-touched.ts';
import type { MarkdownProps } from './markdown-body.tsx';
import { toPlainWords } from './to-plain-words.ts';
import './markdown.css';

const MarkdownBody = lazy(() => import('./markdown-body.tsx'));

// Whatever could mean something in Markdown: marks, indents, lists, addresses, characters by name.
const markup = /[\\*_`#[\]<>|~&]|^[ \t]|^\s*(?:[-+=]|\d+[.)])|\bhttps?:|\bwww\.|@/m;

type LateMarkdownProps = MarkdownProps & {
  /** Leaves the parser until a person has begun to use the page; before that the words stand without their form. */
  isPatient?: boolean;
};

/** Markdown whose parser is loaded when it is first needed: words without any markup are drawn without it. */
export function Markdown({ isPatient = false, ...props }: LateMarkdownProps) {
  const { text } = props;
  const [isAwake, setIsAwake] = useState(!isPatient);
  useEffect(() => (isAwake ? undefined : whenTouched(() => setIsAwake(true))), [isAwake]);
  if (!markup.test(text)) return <PlainText text={text} />;
  const plain = <PlainText text={toPlainWords(text)} />;
  if (!isAwake) return plain;
  return (
    <Suspense fallback={plain}>
      <MarkdownBody {...props} />
    </Suspense>
  );
}

function PlainText({ text }: { text: string }) {
  return (
    <div className="markdown">
      {text
        .trim()
        .split(/\n\s*\n/)
        .map((paragraph, index) => (
          <p key={index}>{paragraph}</p>
        ))}
    </div>
  );
}
