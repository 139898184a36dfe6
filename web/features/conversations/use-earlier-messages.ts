import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { toMessageAnchor } from './use-linked-message.ts';

/**
 * Loads earlier messages when the reader comes near the start, and keeps what they read where it is when earlier ones are drawn.
 *
 * The answer goes on an element before the first message.
 */
export function useEarlierMessages({
  container,
  hasEarlier,
  isLoading,
  load,
  drawn,
}: {
  container: RefObject<HTMLElement | null>;
  hasEarlier: boolean;
  isLoading: boolean;
  load: () => void;
  drawn: readonly { key: string }[];
}): RefObject<HTMLDivElement | null> {
  const start = useRef<HTMLDivElement | null>(null);
  const firstKey = drawn[0]?.key;
  const first = useRef<{ key: string | undefined; element: Element | null; offset: number }>({
    key: firstKey,
    element: null,
    offset: 0,
  });

  useEffect(() => {
    const mark = start.current;
    const element = container.current;
    if (!mark || !element || !hasEarlier || isLoading) return;
    const observer = new IntersectionObserver(
      // A busy page is told of several changes at once; the last one holds.
      (entries) => {
        if (entries.at(-1)?.isIntersecting && element.scrollHeight > element.clientHeight) load();
      },
      { root: element, rootMargin: '300px 0px 0px 0px' },
    );
    observer.observe(mark);
    return () => observer.disconnect();
  }, [container, hasEarlier, isLoading, load]);

  useEffect(() => {
    const messages = start.current?.parentElement;
    const element = container.current;
    if (!messages || !element) return;
    // Told after the browser has laid everything out, so that asking for a place costs nothing.
    const observer = new ResizeObserver(() => {
      first.current.element = messages.querySelector(`[id^="${toMessageAnchor('')}"]`);
      first.current.offset = findOffset(first.current.element, element);
    });
    observer.observe(messages);
    return () => observer.disconnect();
  }, [container]);

  useLayoutEffect(() => {
    const element = container.current;
    const { key, element: known, offset } = first.current;
    if (!element || key === firstKey) return;
    first.current.key = firstKey;
    if (known?.isConnected) element.scrollTop += findOffset(known, element) - offset;
  }, [container, firstKey]);

  return start;
}

/** How far an element is from the start of what scrolls. */
function findOffset(element: Element | null, container: HTMLElement): number {
  if (element === null) return 0;
  return element.getBoundingClientRect().top - container.getBoundingClientRect().top + container.scrollTop;
}
