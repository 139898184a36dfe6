import { type RefObject, useEffect, useRef } from 'react';

/**
 * Takes the focus on where what had it within `area` is gone or rests: a starter, a card that was answered, a button that
 * asked for an answer; and at once where it went with another chat that led to this one. Not on a phone, whose keyboard
 * would cover the answer.
 */
export function useKeptFocus(area: RefObject<HTMLElement | null>, takeOn: () => void, isLedTo: boolean): void {
  const last = useRef<Element | null>(null);
  useEffect(() => {
    if (isLedTo && !isTouched()) takeOn();
  }, [isLedTo, takeOn]);
  useEffect(() => {
    const onFocus = ({ target }: FocusEvent) => {
      // Elsewhere it is for a while only, such as in a window that asks for something.
      if (target instanceof Element && area.current?.contains(target) === true) last.current = target;
    };
    document.addEventListener('focusin', onFocus);
    return () => document.removeEventListener('focusin', onFocus);
  }, [area]);
  // Whatever comes or goes in a chat draws it again.
  useEffect(() => {
    const had = last.current;
    if (had === null || (had.isConnected && !had.matches(':disabled'))) return;
    const { activeElement } = document;
    if (activeElement !== null && activeElement !== document.body && activeElement !== had) return;
    last.current = null;
    // The arrows between branches look for their successors themselves.
    if (had.closest('[data-branches]') !== null) return;
    if (!isTouched()) takeOn();
  });
}

const isTouched = () => matchMedia('(pointer: coarse)').matches;
