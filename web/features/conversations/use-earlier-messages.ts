import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/**
 * Loads earlier messages when the reader comes near the start, and keeps what they read where it is.
 *
 * The answer goes on an element before the first message.
 */
export function useEarlierMessages({
  container,
  hasEarlier,
  isLoading,
  load,
  firstKey,
}: {
  container: RefObject<HTMLElement | null>;
  hasEarlier: boolean;
  isLoading: boolean;
  load: () => void;
  /** Changes when earlier messages have come. */
  firstKey: string | undefined;
}): RefObject<HTMLDivElement | null> {
  const start = useRef<HTMLDivElement | null>(null);
  const heightBefore = useRef<number | null>(null);

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
    if (isLoading) heightBefore.current = container.current?.scrollHeight ?? null;
  }, [container, isLoading]);

  useLayoutEffect(() => {
    const element = container.current;
    if (!element || heightBefore.current === null) return;
    element.scrollTop += element.scrollHeight - heightBefore.current;
    heightBefore.current = null;
  }, [container, firstKey]);

  return start;
}
