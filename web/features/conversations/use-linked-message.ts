import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import type { Turn } from './to-turns.ts';

const mark = '#message-';

export const toMessageAnchor = (message: string) => `${mark.slice(1)}${message}`;

/** Shows the message that the address names, once; earlier messages are loaded until it is there. */
export function useLinkedMessage({
  turns,
  hasEarlier,
  isLoading,
  load,
}: {
  turns: readonly Turn[];
  hasEarlier: boolean;
  isLoading: boolean;
  load: () => void;
}): void {
  const { hash, key } = useLocation();
  const shown = useRef<string | null>(null);
  const message = hash.startsWith(mark) ? decodeURIComponent(hash.slice(mark.length)) : null;
  const isHere = turns.some((turn) => turn.message === message);
  useEffect(() => {
    if (message === null || shown.current === key) return;
    if (!isHere) {
      if (hasEarlier && !isLoading) load();
      return;
    }
    shown.current = key;
    const element = document.getElementById(toMessageAnchor(message));
    element?.scrollIntoView({ block: 'center' });
    element?.focus({ preventScroll: true });
  }, [message, key, isHere, hasEarlier, isLoading, load]);
}
