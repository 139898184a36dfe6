import { type RefObject, useEffect, useRef } from 'react';

/**
 * Lets an element cost nothing while it is out of sight (`content-visibility: auto`); the answer goes on it.
 *
 * It is laid out once before and keeps that height, so that nothing jumps when it rests or comes into sight.
 */
export function useResting(isWanted = true): RefObject<HTMLDivElement | null> {
  const ref = useRef<HTMLDivElement | null>(null);
  useEffect(() => {
    const element = ref.current;
    if (!element || !isWanted) return;
    let frame = 0;
    const observer = new ResizeObserver(([entry]) => {
      observer.disconnect();
      // With what the next frame changes anyway: at once, this frame would be laid out twice.
      frame = requestAnimationFrame(() => {
        element.style.containIntrinsicBlockSize = `auto ${entry?.contentRect.height ?? 0}px`;
        element.classList.add('resting');
      });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
      element.classList.remove('resting');
    };
  }, [isWanted]);
  return ref;
}
