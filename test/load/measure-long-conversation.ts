import type { Row } from './bench-rows.ts';
import { median } from './load.ts';
import { watchFrames } from './watch-frames.ts';
import type { BenchPage } from './web-page.ts';

type Open = (options: { slower: number }) => Promise<BenchPage>;

const scrollLimitMs = 180_000;

/** Opens a conversation of thousands of messages, scrolls to its start, and through all of it. */
export async function measureLongConversation(open: Open, address: string, rounds: number): Promise<Row[]> {
  const rows: Row[] = [];
  const add = (measure: string, hub: number, unit: string, limit?: number) =>
    rows.push({ scenario: 'long', measure, hub, unit, ...(limit !== undefined && { limit }) });
  const openingsMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { page, close } = await open({ slower: 1 });
    await page.goto(address, { waitUntil: 'commit' });
    await page.locator('[role=log] article').last().waitFor();
    openingsMs.push(await page.evaluate(() => performance.now()));
    await close();
  }
  add('5,000 messages: from the address to the last message', median(openingsMs), 'ms', 1000);

  const bench = await open({ slower: 1 });
  const { page } = bench;
  await page.goto(address, { waitUntil: 'networkidle' });
  await page.mouse.move(800, 400);
  const wheel = async (deltaY: number, times: number) => {
    for (let turn = 0; turn < times; turn += 1) {
      await page.mouse.wheel(0, deltaY);
      await page.waitForTimeout(16);
    }
  };
  const near = await watchFrames(bench, () => wheel(-400, 150));
  add('scrolling up through the newest: between frames, p95', near.intervalP95Ms, 'ms', 16.7);
  add('scrolling up through the newest: longest task', near.longestTaskMs, 'ms', 100);

  const startedAt = performance.now();
  await page.evaluate(readToStart, scrollLimitMs);
  add('all of it to its start', (performance.now() - startedAt) / 1000, 's');
  add('messages drawn', await page.locator('[role=log] article').count(), '');

  const far = await watchFrames(bench, () => wheel(600, 200));
  add('scrolling down from the start: between frames, p95', far.intervalP95Ms, 'ms', 16.7);
  add('scrolling down from the start: longest task', far.longestTaskMs, 'ms', 100);
  await bench.close();
  return rows;
}

/** Runs in the page: stays at the top until nothing earlier comes. */
async function readToStart(limitMs: number) {
  const list = document.querySelector('[role=log]')?.closest('.overflow-y-auto');
  if (!list) throw new Error('The conversation has no list.');
  const endsAt = performance.now() + limitMs;
  while (list.querySelector('[role=log] > :first-child button') !== null && performance.now() < endsAt) {
    list.scrollTop = 0;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
