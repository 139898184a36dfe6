import { type CSSProperties, type RefObject, startTransition, useLayoutEffect, useRef, useState } from 'react';
import { afterTyping } from './after-typing.ts';
import { msSinceUse } from './since-use.ts';
import { useResting } from './use-resting.ts';

const change = 'contentvisibilityautostatechange';
const uses = ['click', 'input'];
/** Who passes two screens a second reads no form: what comes by has its words until they slow down. */
const racedScreens = 2 / 60;
/** So long after the last such step nobody races any more. */
const racedMs = 100;
/** So long after the last scrolling what is out of sight is no longer about to be seen. */
const scrolledMs = 1000;
/** What is out of sight is drawn ahead once nobody has done anything for so long: a first key would wait for it. */
const aheadMs = 3000;
const mostRested = 40;
const releasedAtOnce = 10;
/** Goes on what scrolls where a reader's place is kept by hand; elsewhere the browser keeps it. */
export const keepsPlace = { 'data-keeps-place': '' };
const groupMark = 'data-near-group';

/** What is near the view and waits for its form. */
const waiting = new Map<() => void, Element>();
/** What has its form and is out of sight, left longest first. */
const rested = new Set<() => void>();
/** Groups near the view, for what comes into one that has long been there. */
const nearGroups = new WeakSet<Element>();
const lastTops = new WeakMap<Element, number>();
let isDrawing = false;
let ahead: ReturnType<typeof setTimeout> | undefined;
let racedAt = -racedMs;
let scrolledAt = -scrolledMs;

const onScroll = ({ target }: Event) => {
  if (!(target instanceof Element)) return;
  const step = Math.abs(target.scrollTop - (lastTops.get(target) ?? target.scrollTop));
  lastTops.set(target, target.scrollTop);
  // The page itself goes to the newest message.
  if (msSinceUse() > scrolledMs) return;
  scrolledAt = performance.now();
  if (ahead !== undefined) {
    clearTimeout(ahead);
    ahead = undefined;
    drawNext();
  }
  if (step > target.clientHeight * racedScreens) racedAt = performance.now();
};

const isSkipped = (event: Event) => 'skipped' in event && event.skipped === true;

/** One a frame, and what is nearest to the middle of the view first. */
function drawSoon(form: () => void, element: Element): void {
  waiting.set(form, element);
  if (isDrawing) return;
  isDrawing = true;
  // One listener, however often it is added.
  window.addEventListener('scroll', onScroll, { capture: true, passive: true });
  drawNext();
}

function drawNext(): void {
  afterTyping(() => {
    const now = performance.now();
    const [next, pixels] = now - racedAt < racedMs ? [undefined, 0] : findNearest();
    const leftMs = aheadMs - msSinceUse();
    if (next !== undefined && pixels > window.innerHeight / 2 && now - scrolledAt > scrolledMs && leftMs > 0) {
      ahead = setTimeout(() => {
        ahead = undefined;
        drawNext();
      }, leftMs);
      return;
    }
    if (next !== undefined) {
      waiting.delete(next);
      startTransition(next);
    }
    isDrawing = waiting.size > 0;
    if (isDrawing) drawNext();
  });
}

/** The one that is nearest to the middle of the view, and how far it is from there. */
function findNearest(): [form: (() => void) | undefined, pixels: number] {
  const middle = window.innerHeight / 2;
  let nearest: (() => void) | undefined;
  let least = Infinity;
  for (const [form, element] of waiting) {
    const { top, bottom } = element.getBoundingClientRect();
    const pixels = Math.max(top - middle, middle - bottom, 0);
    if (pixels < least) [nearest, least] = [form, pixels];
  }
  return [nearest, least];
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
 * For a group of neighbours that come near the view together: the browser looks at the groups alone, and in each frame it would
 * look at every one of thousands of elements. It holds as many pixels as are guessed until it is first laid out.
 *
 * What is skipped or not goes on it from the beginning: whenever that changes, Chromium goes through the whole document.
 */
export function useNearGroup(guess: string): { ref: RefObject<HTMLDivElement | null>; group: GroupProps } {
  const ref = useRef<HTMLDivElement | null>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const onChange = (event: Event) => {
      if (event.target !== element) return;
      if (isSkipped(event)) nearGroups.delete(element);
      else nearGroups.add(element);
    };
    element.addEventListener(change, onChange);
    return () => element.removeEventListener(change, onChange);
  }, []);
  return { ref, group: { [groupMark]: '', style: toRestingStyle(`auto ${guess}`) } };
}

type GroupProps = { [groupMark]: ''; style: CSSProperties };

const toRestingStyle = (guess: string) =>
  ({ contentVisibility: 'auto', overflowClipMargin: '0.5rem', containIntrinsicBlockSize: guess }) as const;

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
  isGrouped = false,
}: {
  /** Null: it has its form from the beginning. */
  guessPixels: number | null;
  /** Whether it may be left out of layout while it is out of sight. */
  mayRest?: boolean;
  /** It is near the view when its group is (`useNearGroup`), and rests with it. */
  isGrouped?: boolean;
}): { ref: RefObject<HTMLDivElement | null>; isFormed: boolean; style: CSSProperties | undefined } {
  const [{ isFormed, pixels }, setState] = useState({ isFormed: guessPixels === null, pixels: guessPixels });
  const ref = useResting(isFormed && pixels === null && mayRest && !isGrouped);
  const heightBefore = useRef<number | null>(null);
  const isUsed = useRef(false);

  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const form = () => {
      heightBefore.current = element.offsetHeight;
      setState((state) => ({ ...state, isFormed: true }));
    };
    const release = () => {
      if (!isUsed.current) setState({ isFormed: false, pixels: element.offsetHeight });
    };
    // What somebody opened, chose or wrote there stays as they left it.
    const onUse = () => {
      isUsed.current = true;
    };
    const watched = (isGrouped ? element.closest(`[${groupMark}]`) : null) ?? element;
    const onChange = (event: Event) => {
      if (event.target !== watched) return;
      waiting.delete(form);
      rested.delete(release);
      if (isFormed && isSkipped(event)) rest(release);
      else if (!isFormed && !isSkipped(event)) drawSoon(form, element);
    };
    watched.addEventListener(change, onChange);
    for (const use of uses) element.addEventListener(use, onUse);
    if (!isFormed && (!(`on${change}` in element) || nearGroups.has(watched))) drawSoon(form, element);
    return () => {
      watched.removeEventListener(change, onChange);
      for (const use of uses) element.removeEventListener(use, onUse);
      waiting.delete(form);
      rested.delete(release);
    };
  }, [isFormed, isGrouped, ref]);

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

  const words = isFormed || pixels === null ? undefined : ({ blockSize: pixels, overflow: 'clip' } as const);
  const resting = isGrouped || pixels === null ? undefined : toRestingStyle(`auto ${pixels}px`);
  return { ref, isFormed, style: (words || resting) && { ...resting, ...words } };
}
