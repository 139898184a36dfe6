import { classNames } from '#web/lib/class-names.ts';
import { diffLines } from '#web/lib/diff-lines.ts';
import { ScrollRegion } from './scroll-region.tsx';

type TextDiffProps = { label: string; before: string; after: string; beforeLabel: string; afterLabel: string };

/** Two texts as one, line by line: what stayed, what went, what came. */
export function TextDiff({ label, before, after, beforeLabel, afterLabel }: TextDiffProps) {
  const names = { same: '', removed: `${beforeLabel}: `, added: `${afterLabel}: ` };
  return (
    <ScrollRegion label={label} className="max-h-72">
      <pre className="py-1 font-mono text-xs leading-5 whitespace-pre-wrap">
        {diffLines(before, after).map(({ kind, text }, index) =>
          text === '' && kind !== 'same' ? null : (
            <span key={index} className={classNames('block px-3 wrap-anywhere', looks[kind])}>
              <span aria-hidden>{marks[kind]} </span>
              <span className="sr-only">{names[kind]}</span>
              {text}
            </span>
          ),
        )}
      </pre>
    </ScrollRegion>
  );
}

const looks = { same: '', removed: 'bg-danger-soft text-danger', added: 'bg-success-soft text-success' };
const marks = { same: ' ', removed: '−', added: '+' };
