import { useEffect, useRef, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { isUnderWay, type RunView } from '#web/features/runs/run-view.ts';
import { nextSentences } from '#web/features/conversations/next-sentences.ts';

/** Reads an answer to screen readers by whole sentences as it grows, instead of every piece of a word. */
export function SentenceAnnouncer({ view }: { view: RunView | null }) {
  const { t } = useTranslation('conversations');
  const [spoken, setSpoken] = useState('');
  const announced = useRef({ run: null as string | null, length: 0 });

  useEffect(() => {
    if (!view) return;
    if (announced.current.run !== view.run) announced.current = { run: view.run, length: 0 };
    const next = nextSentences(view.text, announced.current.length, !isUnderWay(view));
    announced.current.length = next.announced;
    const end = view.status === 'cancelled' ? t('chat.stopped') : '';
    const words = [next.sentences, end].filter(Boolean).join(' ');
    if (words !== '') setSpoken(words);
  }, [view, t]);

  return (
    <div aria-live="polite" className="sr-only">
      {spoken}
    </div>
  );
}
