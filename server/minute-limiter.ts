import { LRUCache } from 'lru-cache';
import type { HubError } from '#server/hub-error.ts';

const minuteMs = 60_000;

type Needs = {
  most: number;
  toRefusal: (most: number, retryAfterSeconds: number) => HubError;
  now: () => Date;
};

/** Limits how often something named happens in a minute, in this process: calls of one webhook, messages of one visitor. */
export function createMinuteLimiter({ most, toRefusal, now }: Needs) {
  const counts = new LRUCache<string, { since: number; count: number }>({ max: 10_000 });
  /** @throws {HubError} as `toRefusal` makes it */
  return (name: string): void => {
    const at = now().getTime();
    const found = counts.get(name);
    const window = found === undefined || at - found.since >= minuteMs ? { since: at, count: 0 } : found;
    if (window.count >= most) throw toRefusal(most, Math.ceil((window.since + minuteMs - at) / 1000));
    counts.set(name, { ...window, count: window.count + 1 });
  };
}
