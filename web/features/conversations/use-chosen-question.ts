import { useEffect, useEffectEvent, useRef } from 'react';
import { takeWords } from '#web/lib/words-to-say.ts';

/** Asks what was chosen on the page that led here, as soon as the chat is ready for it. */
export function useChosenQuestion(agent: string, isReady: boolean, onAsk: (question: string) => void): void {
  const chosen = useRef<string | null>(null);
  const ask = useEffectEvent(onAsk);
  useEffect(() => {
    const timer = setTimeout(() => {
      chosen.current = takeWords('chat', agent) ?? chosen.current;
      if (!isReady || chosen.current === null) return;
      ask(chosen.current);
      chosen.current = null;
    });
    return () => clearTimeout(timer);
  }, [agent, isReady]);
}
