import { LRUCache } from 'lru-cache';
import { hookTooOften } from './trigger-errors.ts';

const minuteMs = 60_000;

/** Limits how often one webhook starts runs; counts only what was signed, so that strangers cannot use it up. */
export function createHookLimiter({ most, now }: { most: number; now: () => Date }) {
  const counts = new LRUCache<string, { since: number; count: number }>({ max: 10_000 });
  /** @throws {HubError} `rate_limited` */
  return (trigger: string): void => {
    const at = now().getTime();
    const found = counts.get(trigger);
    const window = found === undefined || at - found.since >= minuteMs ? { since: at, count: 0 } : found;
    if (window.count >= most) throw hookTooOften(most, Math.ceil((window.since + minuteMs - at) / 1000));
    counts.set(trigger, { ...window, count: window.count + 1 });
  };
}
