import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import type { Turn } from './to-turns.ts';

const mark = '#message-';

export const toMessageAnchor = (message: string) => `${mark.slice(1)}${message}`;

/**
 * Shows the message that the address names, once: earlier messages are loaded until it is there, and where they do not have
 * it, the branch that does is shown.
 */
export function useLinkedMessage({
  turns,
  hasEarlier,
  isLoading,
  load,
  showBranch,
}: {
  turns: readonly Turn[];
  hasEarlier: boolean;
  isLoading: boolean;
  load: () => void;
  showBranch: (message: string) => Promise<void>;
}): void {
  const { hash, key } = useLocation();
  const shown = useRef<string | null>(null);
  const switched = useRef<string | null>(null);
  const message = hash.startsWith(mark) ? decodeURIComponent(hash.slice(mark.length)) : null;
  const isHere = turns.some(({ place }) => place.id === message);
  useEffect(() => {
    if (message === null || shown.current === key) return;
    if (!isHere) {
      if (isLoading) return;
      if (hasEarlier) return load();
      if (switched.current === key || turns.length === 0) return;
      switched.current = key;
      showBranch(message).catch(showProblemToast);
      return;
    }
    shown.current = key;
    const element = document.getElementById(toMessageAnchor(message));
    element?.scrollIntoView({ block: 'center' });
    element?.focus({ preventScroll: true });
  }, [message, key, isHere, hasEarlier, isLoading, load, showBranch, turns.length]);
}
