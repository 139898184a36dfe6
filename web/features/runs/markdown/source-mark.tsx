import { lazy, Suspense, use, useRef, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { usePrepared } from '#web/ui/dialog.tsx';
import { AnswerSources } from './answer-sources.ts';

const load = () => import('#web/features/runs/components/source-card.tsx');
const SourceCard = lazy(load);

const hoverMs = 250;
const leaveMs = 200;

/** A numbered mark that shows its source; a number without a source stays the words that it is. */
export function SourceMark({ number }: { number: number }) {
  const { sources } = use(AnswerSources);
  return sources.has(number) ? <KnownMark number={number} /> : `[${number}]`;
}

function KnownMark({ number }: { number: number }) {
  const { t } = useTranslation('runs');
  const { sources, prefix } = use(AnswerSources);
  const source = sources.get(number);
  const mark = useRef<HTMLButtonElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // `held`: somebody pressed it, and the focus is in the card.
  const [state, setState] = useState<'closed' | 'shown' | 'held'>('closed');
  const [wanted, setWanted] = useState(false);
  usePrepared(load);
  if (state !== 'closed' && !wanted) setWanted(true);
  const soon = (next: 'closed' | 'shown', waitMs: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setState((now) => (now === 'held' ? now : next)), waitMs);
  };
  const stay = () => clearTimeout(timer.current);
  return (
    <>
      <button
        ref={mark}
        type="button"
        className="source-mark"
        aria-label={t('source.mark', { number })}
        aria-haspopup="dialog"
        aria-expanded={state !== 'closed'}
        onPointerEnter={(event) => event.pointerType === 'mouse' && soon('shown', hoverMs)}
        onPointerLeave={(event) => event.pointerType === 'mouse' && soon('closed', leaveMs)}
        onClick={() => {
          stay();
          setState(state === 'held' ? 'closed' : 'held');
        }}
      >
        {number}
      </button>
      {wanted && source && (
        <Suspense fallback={null}>
          <SourceCard
            source={source}
            anchor={mark}
            state={state}
            listAddress={`#${prefix}${number}`}
            onClose={() => {
              stay();
              setState('closed');
            }}
            onEnter={stay}
            onLeave={() => soon('closed', leaveMs)}
          />
        </Suspense>
      )}
    </>
  );
}
