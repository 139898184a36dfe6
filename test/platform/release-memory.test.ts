import { expect, test } from 'vitest';
import { getHeapStatistics } from 'node:v8';
import { releaseMemoryAtRest } from '#server/platform/release-memory.ts';
import { until } from '#test/support/run-engine.ts';

const heapMb = () => getHeapStatistics().total_heap_size / 1024 / 1024;

/** Objects that live long enough to be moved to the old part of the heap, as those of a run do, and then die. */
function makeGarbage(): number {
  const kept = Array.from({ length: 300_000 }, (_, place) => ({ place, text: `text ${place}`, more: [place] }));
  const copies = [...kept].map((entry) => ({ ...entry }));
  return copies.length;
}

test('memory that a load took goes back when nothing is under way, and not before', async () => {
  let busy = true;
  const stop = releaseMemoryAtRest({ isBusy: () => busy, everyMs: 20 });
  const before = heapMb();
  while (heapMb() < before + 100) makeGarbage();
  const loaded = heapMb();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(heapMb()).toBeGreaterThan(loaded - 40);
  busy = false;
  await until(() => heapMb() < loaded - 60);
  stop();
});
