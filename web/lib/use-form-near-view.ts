import { type CSSProperties, type RefObject, startTransition, useLayoutEffect, useRef, useState } from 'react';
import { afterTyping } from './after-typing.ts';
import { useResting } from './use-resting.ts';

const change = 'contentvisibilityautostatechange';
const uses = ['click', 'input'];
/** While a reader races through a list, what is near the view for a shorter time is not worth its form. */
const passedMs = 250;
/** So long after the last scrolling nobody races any more. */
const scrolledMs = 100;
const mostRested = 80;
const releasedAtOnce = 10;
/** Goes on what scrolls where a reader's place is kept by hand; elsewhere the browser keeps it. */
export const keepsPlace = { 'data-keeps-place': '' };

/** Since when what is near the view has waited for its form. */
const waiting = new Map<() => void, number>();
/** What has its form and is out of sight, left longest first. */
const rested = new Set<() => void>();
let isDrawing = false;
let scrolledAt = -scrolledMs;

const onScroll = () => {
  scrolledAt = performance.now();
};

/** One a frame, and what was asked last first: that is where the reader goes. */
function drawSoon(form: () => void): void {
  waiting.set(form, performance.now());
  if (isDrawing) return;
  isDrawing = true;
  // One listener, however often it is added.
  window.addEventListener('scroll', onScroll, { capture: true, passive: true });
  drawNext();
}

function drawNext(): void {
  afterTyping(() => {
    const now = performance.now();
    const enough = now - scrolledAt < scrolledMs ? now - passedMs : now;
    const next = [...waiting].findLast(([, since]) => since <= enough)?.[0];
    if (next !== undefined) {
      waiting.delete(next);
      startTransition(next);
    }
    isDrawing = waiting.size > 0;
    if (isDrawing) drawNext();
  });
}

/** Some at once, for each release has the whole list laid out. */
function rest(release: () => void): void {
  rested.add(release);
  if (rested.size < mostRested + releasedAtOnce) return;
  const oldest = [...rested].slice(0, releasedAtOnce);
  for (const one of oldest) rested.delete(one);
  startTransition(() => oldest.forEach((one) => one()));
}

/**
 * Whether an element has its form: it is given it when it comes near the view, and loses it when many others were seen since,
 * unless somebody pressed or wrote something in it.
 * Without it, it should hold its plain words, so that they are found, read and copied; it then stands in for as many pixels
 * as it took, or is guessed to take. What is read stays where it is (in a place that `keepsPlace`) when the form takes more.
 *
 * A browser that does not tell what is near the view draws everything, one element after another.
 */
export function useFormNearView({
  guessPixels,
  mayRest = true,
}: {
  /** Null: it has its form from the beginning. */
  guessPixels: number | null;
  /** Whether it may be left out of layout while it is out of sight. */
  mayRest?: boolean;
}): { ref: RefObject<HTMLDivElement | null>; isFormed: boolean; style: CSSProperties | undefined } {
  const [wordsPixels, setWordsPixels] = useState(guessPixels);
  const isFormed = wordsPixels === null;
  const ref = useResting(isFormed && mayRest);
  const heightBefore = useRef<number | null>(null);
  const isUsed = useRef(false);

  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const form = () => {
      heightBefore.current = element.offsetHeight;
      setWordsPixels(null);
    };
    const release = () => {
      if (!isUsed.current) setWordsPixels(element.offsetHeight);
    };
    // What somebody opened, chose or wrote there stays as they left it.
    const onUse = () => {
      isUsed.current = true;
    };
    const onChange = (event: Event) => {
      if (event.target !== element) return;
      const isSkipped = 'skipped' in event && event.skipped === true;
      waiting.delete(form);
      rested.delete(release);
      if (isFormed && isSkipped) rest(release);
      else if (!isFormed && !isSkipped) drawSoon(form);
    };
    element.addEventListener(change, onChange);
    for (const use of uses) element.addEventListener(use, onUse);
    if (!isFormed && !(`on${change}` in element)) drawSoon(form);
    return () => {
      element.removeEventListener(change, onChange);
      for (const use of uses) element.removeEventListener(use, onUse);
      waiting.delete(form);
      rested.delete(release);
    };
  }, [isFormed, ref]);

  useLayoutEffect(() => {
    const before = heightBefore.current;
    heightBefore.current = null;
    const element = ref.current;
    const place = element?.closest<HTMLElement>(`[${Object.keys(keepsPlace).join()}]`);
    if (!isFormed || before === null || !element || !place) return;
    // Told when the frame has been laid out anyway, and before it is painted.
    const observer = new ResizeObserver(() => {
      observer.disconnect();
      const { top, height } = element.getBoundingClientRect();
      const view = place.getBoundingClientRect();
      if (top + before / 2 < view.top + view.height / 2) place.scrollTop += height - before;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [isFormed, ref]);

  const style = isFormed
    ? undefined
    : ({ blockSize: wordsPixels, overflow: 'clip', contentVisibility: 'auto' } as const);
  return { ref, isFormed, style };
}
