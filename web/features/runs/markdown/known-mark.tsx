import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Source } from '#server/contract/run-event.ts';
import { usePrepared } from '#web/ui/dialog.tsx';

const load = () => import('#web/features/runs/components/source-card.tsx');
const SourceCard = lazy(load);

const hoverMs = 250;
const leaveMs = 200;

/** A mark whose card opens under the pointer, and for good when it is pressed. */
export default function KnownMark({ source, prefix }: { source: Source; prefix: string }) {
  const { t } = useTranslation('runs');
  const { number } = source;
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
      {wanted && (
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
