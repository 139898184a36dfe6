import { getHeapStatistics } from 'node:v8';
import { collectGarbage } from './collect-garbage.ts';

const worthwhileBytes = 48 * 1024 * 1024;

/**
 * Hands memory back to the system when the hub has come to rest after work. V8 keeps the heap that a load made it take,
 * because in Node.js nothing tells it that it is idle. What the start left goes first: until its first whole collection V8
 * lets the heap grow as if all of it were alive.
 *
 * @param isBusy - whether somebody would notice a pause of a tenth of a second now
 * @returns what ends the watching
 */
export function releaseMemoryAtRest({
  isBusy,
  firstLookMs = 1000,
  everyMs = 10_000,
}: {
  isBusy: () => boolean;
  firstLookMs?: number;
  everyMs?: number;
}) {
  let wasBusy = true;
  let restingBytes = getHeapStatistics().total_heap_size;
  const collect = () => {
    collectGarbage();
    restingBytes = getHeapStatistics().total_heap_size;
  };
  const first = setTimeout(() => {
    if (!isBusy()) collect();
  }, firstLookMs).unref();
  const timer = setInterval(() => {
    const busy = isBusy();
    const grown = getHeapStatistics().total_heap_size - restingBytes;
    if (!busy && !wasBusy && grown > worthwhileBytes) collect();
    wasBusy = busy;
  }, everyMs).unref();
  return () => {
    clearTimeout(first);
    clearInterval(timer);
  };
}
