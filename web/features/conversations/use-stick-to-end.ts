import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

const nearPixels = 64;

/**
 * Keeps a scrolling list at its end while it grows, until the reader scrolls up; then it stays where the reader is,
 * and `isAtEnd` is false until they come back or call `jump`.
 */
export function useStickToEnd(container: RefObject<HTMLElement | null>, content: RefObject<HTMLElement | null>) {
  const [isAtEnd, setIsAtEnd] = useState(true);
  const sticks = useRef(true);
  const lastTop = useRef(0);

  const jump = useCallback(() => {
    const element = container.current;
    if (!element) return;
    sticks.current = true;
    element.scrollTop = element.scrollHeight;
    setIsAtEnd(true);
  }, [container]);

  useEffect(() => {
    const element = container.current;
    const inner = content.current;
    if (!element || !inner) return;
    const onScroll = () => {
      const isNear = element.scrollHeight - element.scrollTop - element.clientHeight < nearPixels;
      if (element.scrollTop < lastTop.current && !isNear) sticks.current = false;
      if (isNear) sticks.current = true;
      lastTop.current = element.scrollTop;
      setIsAtEnd(sticks.current);
    };
    const observer = new ResizeObserver(() => {
      // What is being written in the list stays in sight.
      const isWriting = inner.querySelector('textarea:focus') !== null;
      if (!sticks.current || isWriting) return;
      element.scrollTop = element.scrollHeight;
      // Where a shorter list ends is no place that the reader went to; by the time its scrolling is told, it may be longer.
      lastTop.current = element.scrollTop;
    });
    observer.observe(inner);
    observer.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, [container, content]);

  return { isAtEnd, jump };
}
