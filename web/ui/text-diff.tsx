import { useEffect, useRef } from 'react';
import { classNames } from '#web/lib/class-names.ts';
import { diffLines } from '#web/lib/diff-lines.ts';
import { ScrollRegion } from './scroll-region.tsx';

type TextDiffProps = { label: string; before: string; after: string; beforeLabel: string; afterLabel: string };

const linesBeforePx = 44;

/** Two texts as one, line by line: what stayed, what went, what came. The first change of a long one is in view. */
export function TextDiff({ label, before, after, beforeLabel, afterLabel }: TextDiffProps) {
  const names = { same: '', removed: `${beforeLabel}: `, added: `${afterLabel}: ` };
  const text = useRef<HTMLPreElement>(null);
  useEffect(() => {
    const region = text.current?.parentElement;
    const change = text.current?.querySelector('[data-change]');
    if (!region || !change) return;
    const belowPx = change.getBoundingClientRect().top - region.getBoundingClientRect().top;
    region.scrollTop += Math.max(0, belowPx - linesBeforePx);
  }, [before, after]);
  return (
    <ScrollRegion label={label} className="max-h-72">
      <pre ref={text} className="py-1 font-mono text-xs leading-5 whitespace-pre-wrap">
        {diffLines(before, after).map(({ kind, text: line }, index) =>
          line === '' && kind !== 'same' ? null : (
            <span
              key={index}
              {...(kind !== 'same' && { 'data-change': '' })}
              className={classNames('block px-3 wrap-anywhere', looks[kind])}
            >
              <span aria-hidden>{marks[kind]} </span>
              <span className="sr-only">{names[kind]}</span>
              {line}
            </span>
          ),
        )}
      </pre>
    </ScrollRegion>
  );
}

const looks = { same: '', removed: 'bg-danger-soft text-danger', added: 'bg-success-soft text-success' };
const marks = { same: ' ', removed: '−', added: '+' };
