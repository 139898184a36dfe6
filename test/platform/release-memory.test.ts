import { constants, PerformanceObserver } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import { expect, test } from 'vitest';
import { releaseMemoryAtRest } from '#server/platform/release-memory.ts';
import { until } from '#test/support/run-engine.ts';

const heapMb = () => getHeapStatistics().total_heap_size / 1024 / 1024;

/** Objects that live long enough to be moved to the old part of the heap, as those of a run do, and then die. */
function makeGarbage(): number {
  const kept = Array.from({ length: 300_000 }, (_, place) => ({ place, text: `text ${place}`, more: [place] }));
  const copies = [...kept].map((entry) => ({ ...entry }));
  return copies.length;
}

/** Counts the collections that were asked for; V8 makes its own whenever it likes. */
function countForced() {
  let forced = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      // Node.js documents `detail` of these entries; its types leave it out.
      const { flags } = (entry as unknown as { detail: { flags: number } }).detail;
      if ((flags & constants.NODE_PERFORMANCE_GC_FLAGS_FORCED) !== 0) forced += 1;
    }
  });
  observer.observe({ entryTypes: ['gc'] });
  return { count: () => forced, stop: () => observer.disconnect() };
}

test('what the start left is collected at the first rest', async () => {
  const collections = countForced();
  const stop = releaseMemoryAtRest({ isBusy: () => false, firstLookMs: 20, everyMs: 60_000 });
  await until(() => collections.count() > 0);
  stop();
  collections.stop();
});

test('memory that a load took goes back when nothing is under way, and not before', async () => {
  let busy = true;
  const collections = countForced();
  const stop = releaseMemoryAtRest({ isBusy: () => busy, everyMs: 20 });
  const before = heapMb();
  while (heapMb() < before + 100) makeGarbage();
  const loaded = heapMb();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(collections.count()).toBe(0);
  busy = false;
  await until(() => collections.count() > 0);
  expect(heapMb()).toBeLessThan(loaded);
  stop();
  collections.stop();
});
