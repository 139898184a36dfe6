import { z } from 'zod';
import type { BenchPage } from './web-page.ts';
import { quantile } from './load.ts';

const frameMs = 1000 / 60;
const Trace = z.object({
  traceEvents: z.array(
    z.object({
      name: z.string(),
      ph: z.string(),
      pid: z.number(),
      tid: z.number(),
      ts: z.number().default(0),
      /** What the thread had of the processor: the machine's other work is not the page's. */
      tdur: z.number().default(0),
      args: z.record(z.string(), z.unknown()).default({}),
    }),
  ),
});

export type Frames = {
  /** Between one frame and the next. */
  intervalP95Ms: number;
  /** What the page's thread does in the time of a frame. */
  workP95Ms: number;
  longestTaskMs: number;
};

/** Watches the frames of a page while something is done in it. */
export async function watchFrames({ page }: BenchPage, work: () => Promise<void>): Promise<Frames> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('The page has no browser.');
  const counted = await page.evaluateHandle(countFrames);
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
  await work();
  const intervals = await counted.evaluate(({ stop }) => stop());
  const { traceEvents } = Trace.parse(JSON.parse((await browser.stopTracing()).toString()));
  const mainThreads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args['name'] === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid }) => name === 'RunTask' && ph === 'X' && mainThreads.has(`${pid} ${tid}`),
  );
  const perFrame = new Map<number, number>();
  for (const { ts, tdur } of tasks) {
    const frame = Math.floor(ts / 1000 / frameMs);
    perFrame.set(frame, (perFrame.get(frame) ?? 0) + tdur / 1000);
  }
  return {
    intervalP95Ms: quantile(intervals, 0.95),
    workP95Ms: perFrame.size === 0 ? 0 : quantile([...perFrame.values()], 0.95),
    longestTaskMs: Math.max(0, ...tasks.map(({ tdur }) => tdur / 1000)),
  };
}

/** Runs in the page, and has it draw every frame: only while they are counted. */
function countFrames() {
  const intervalsMs: number[] = [];
  let last = performance.now();
  const onFrame = (now: number) => {
    intervalsMs.push(now - last);
    last = now;
    frame = requestAnimationFrame(onFrame);
  };
  let frame = requestAnimationFrame(onFrame);
  return {
    stop: () => {
      cancelAnimationFrame(frame);
      return intervalsMs;
    },
  };
}
