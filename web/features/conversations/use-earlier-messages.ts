import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

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
  const before = useRef({ firstKey, height: 0 });

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
    // Told after the browser has laid everything out, so that asking for the height costs nothing.
    const observer = new ResizeObserver(() => (before.current.height = element.scrollHeight));
    observer.observe(messages);
    return () => observer.disconnect();
  }, [container]);

  useLayoutEffect(() => {
    const element = container.current;
    const { firstKey: known, height } = before.current;
    if (!element || known === firstKey) return;
    before.current.firstKey = firstKey;
    if (height > 0 && drawn.some(({ key }) => key === known)) element.scrollTop += element.scrollHeight - height;
  }, [container, drawn, firstKey]);

  return start;
}
