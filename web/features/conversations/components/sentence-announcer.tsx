import { useEffect, useRef, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { isUnderWay, type RunView } from '#web/features/runs/run-view.ts';
import { nextSentences } from '#web/features/conversations/next-sentences.ts';

/** Between one announcement and the next: what comes faster is joined, for nobody hears forty sentences a second. */
const paceMs = 1500;
/** A region is known to a screen reader a moment before its first words. */
const firstMs = 150;

/** Reads an answer to screen readers by whole sentences as it grows, no faster than they can be heard, and loses none. */
export function SentenceAnnouncer({ view }: { view: RunView | null }) {
  const { t } = useTranslation('conversations');
  const stopped = t('chat.stopped');
  const [spoken, setSpoken] = useState('');
  const state = useRef({ view: null as RunView | null, unsaid: '', length: 0, isEndSaid: false, nextAtMs: 0 });
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );

  useEffect(() => {
    const { current } = state;
    const takeSentences = (isWhole: boolean): string => {
      if (!current.view) return '';
      const next = nextSentences(current.view.text, current.length, isWhole);
      current.length = next.announced;
      return next.sentences;
    };
    const say = () => {
      const isEnd = current.view?.status === 'cancelled' && !current.isEndSaid;
      const sentences = takeSentences(current.view !== null && !isUnderWay(current.view));
      const words = [current.unsaid, sentences, isEnd ? stopped : ''].filter(Boolean).join(' ');
      if (words === '') return;
      if (isEnd) current.isEndSaid = true;
      current.unsaid = '';
      current.nextAtMs = Date.now() + paceMs;
      // The same words once more are no change, so they would not be heard.
      setSpoken((before) => (before === words ? `${words}\u00a0` : words));
    };
    if (current.view?.run !== view?.run) {
      current.unsaid = [current.unsaid, takeSentences(true)].filter(Boolean).join(' ');
      Object.assign(current, { length: 0, isEndSaid: false });
      current.nextAtMs = Math.max(current.nextAtMs, Date.now() + firstMs);
    }
    current.view = view;
    timer.current ??= setTimeout(
      () => {
        timer.current = null;
        say();
      },
      Math.max(0, current.nextAtMs - Date.now()),
    );
  }, [view, stopped]);

  return (
    <div aria-live="polite" className="sr-only">
      {spoken}
    </div>
  );
}
