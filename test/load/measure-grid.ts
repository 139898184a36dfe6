import type { Page } from 'playwright-core';
import type { Row } from './bench-rows.ts';
import { watchFrames } from './watch-frames.ts';
import { type BenchPage, lookAt } from './web-page.ts';

type Open = (options: { slower: number }) => Promise<BenchPage>;

const million = 1_000_000;
const sql =
  "SELECT i, i * 3 AS a, i % 7 AS b, 'x' || i AS c, i / 3.0 AS d, md5(i::VARCHAR) AS e, i::HUGEINT * 1000000000000000 AS f, i % 2 = 0 AS g, 'group ' || (i % 50) AS h, i % 1000 AS k FROM range(1000000) t(i)";
const megabyte = 1024 * 1024;

/** A result of a million rows and ten columns in the page: its first rows, scrolling, its end, another order, a file. */
export async function measureGrid(open: Open, url: string): Promise<Row[]> {
  const bench = await open({ slower: 1 });
  const { page, cdp, close } = bench;
  await lookAt(bench);
  const rows: Row[] = [];
  const tell = (measure: string, hub: number, unit: string, limit?: number) =>
    rows.push({ scenario: 'grid', measure, hub, unit, ...(limit !== undefined && { limit }) });
  const time = async (work: () => Promise<unknown>) => {
    const begun = performance.now();
    await work();
    return performance.now() - begun;
  };
  await page.goto(`${url}/data`, { waitUntil: 'networkidle' });
  const editor = page.getByRole('textbox', { name: 'SQL' });
  await editor.click();
  await page.locator('.cm-editor').waitFor();
  await page.locator('.cm-content').click();
  await page.keyboard.insertText(sql);
  await page.keyboard.press('Escape');
  const heldBefore = await readHeap(bench);
  const wholeMs = await time(async () => {
    await page.keyboard.press('Control+Enter');
    await rowWith(page, 0).waitFor({ timeout: 120_000 });
  });
  const figures = (await page.getByText(/^1,000,000 rows/).textContent()) ?? '';
  const engineMs = Number(/([\d.]+) s/.exec(figures)?.[1] ?? 0) * 1000;
  tell('the query itself', engineMs, 'ms');
  tell('first rows after the query', wholeMs - engineMs, 'ms', 1500);

  const grid = page.getByRole('region', { name: 'Rows of the result' });
  await grid.hover();
  const frames = await watchFrames(bench, async () => {
    for (let step = 0; step < 60; step += 1) {
      await page.mouse.wheel(0, 900);
      await page.waitForTimeout(30);
    }
  });
  tell('scrolling 1,600 rows: frame, p95', frames.intervalP95Ms, 'ms');
  tell("scrolling: the page's work in a frame, p95", frames.workP95Ms, 'ms', 16);
  const top = await grid.evaluate((element) => element.scrollTop / 33);
  tell(
    'rows where the scrolling ended, after it',
    await time(() => rowWith(page, Math.floor(top) + 2).waitFor()),
    'ms',
    1000,
  );
  tell(
    'to the last rows',
    await time(async () => {
      await page.getByRole('button', { name: 'Last rows' }).click();
      await rowWith(page, million - 1).waitFor();
    }),
    'ms',
    1500,
  );
  tell(
    'ordered by a text, downwards',
    await time(async () => {
      const heading = page.getByRole('button', { name: /^e VARCHAR/ });
      await heading.click();
      await heading.click();
      await page.getByRole('cell', { name: /^ffff/ }).first().waitFor({ timeout: 60_000 });
    }),
    'ms',
  );
  tell("the page's memory for it", ((await readHeap(bench)) - heldBefore) / megabyte, 'MB', 50);
  tell(
    'CSV of all of it',
    await time(async () => {
      await page.getByRole('button', { name: 'Export' }).click();
      const download = page.waitForEvent('download', { timeout: 120_000 });
      await page.getByRole('menuitem', { name: 'CSV' }).click();
      await (await download).path();
    }),
    'ms',
  );
  await cdp.detach();
  await close();
  return rows;
}

const rowWith = (page: Page, value: number) => page.getByRole('cell', { name: `x${value}`, exact: true });

async function readHeap({ cdp }: BenchPage): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  return usedSize;
}
