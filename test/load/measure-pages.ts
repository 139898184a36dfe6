import type { Row } from './bench-rows.ts';
import { median } from './load.ts';
import { type BenchPage, slowDown } from './web-page.ts';

type Open = (options: { slower: number }) => Promise<BenchPage>;

/** What each page brings of JavaScript before anybody touches it, and when it has painted what it has to say. */
export async function measurePages(open: Open, pages: Record<string, string>, rounds: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [name, address] of Object.entries(pages)) {
    const paintsMs: number[] = [];
    const sizesKb: number[] = [];
    for (let round = 0; paintsMs.length < rounds; round += 1) {
      if (round === 3 * rounds) throw new Error(`The browser told too seldom when ${name} was painted.`);
      const bench = await open({ slower: slowDown });
      const readSize = await weighScripts(bench);
      await bench.page.goto(address, { waitUntil: 'networkidle' });
      const paintMs = await bench.page.evaluate(() => window.seen.paintMs);
      // Now and then Chromium tells of no largest paint at all.
      if (paintMs > 0) {
        paintsMs.push(paintMs);
        sizesKb.push(readSize() / 1000);
      }
      await bench.close();
    }
    const scenario = 'load';
    rows.push(
      { scenario, measure: `${name}: JavaScript, compressed`, hub: median(sizesKb), unit: 'kB', limit: 170 },
      {
        scenario,
        measure: `${name}: largest paint, CPU ÷ ${slowDown}`,
        hub: median(paintsMs),
        unit: 'ms',
        limit: 1000,
      },
    );
  }
  return rows;
}

/** As the wire carries them, with the headers of the answers. */
async function weighScripts({ cdp }: BenchPage): Promise<() => number> {
  const scripts = new Set<string>();
  let bytes = 0;
  cdp.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId);
  });
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await cdp.send('Network.enable');
  return () => bytes;
}
