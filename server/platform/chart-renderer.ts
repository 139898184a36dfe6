import { Worker } from 'node:worker_threads';
import type { JsonObject } from '#server/contract/json.ts';
import { HubError } from '#server/hub-error.ts';
import type { ChartWorkerReply, ChartWorkerRequest } from './chart-worker.ts';

const largestSpecificationBytes = 2 * 1024 * 1024;
const largestSvgBytes = 5 * 1024 * 1024;
const mostWaiting = 32;
const idleMs = 60_000;

/**
 * Draws Vega-Lite 6 specifications as SVG, one after another, in a thread that starts with the first chart, is ended when
 * a chart takes longer than `timeoutMs`, and goes away when there was none for a minute.
 *
 * @param workerFile - where the build put `chart-worker`
 */
export function createChartRenderer({ workerFile, timeoutMs = 10_000 }: { workerFile: URL; timeoutMs?: number }) {
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let nextId = 1;
  let waiting = 0;
  let turn: Promise<unknown> = Promise.resolve();

  const stop = async () => {
    clearTimeout(idle);
    const ending = worker;
    worker = undefined;
    await ending?.terminate();
  };

  const start = () => {
    clearTimeout(idle);
    if (worker !== undefined) return worker;
    const started = new Worker(workerFile, { resourceLimits: { maxOldGenerationSizeMb: 384 }, env: {} });
    started.on('error', () => undefined);
    started.once('exit', () => {
      if (worker === started) worker = undefined;
    });
    started.unref();
    worker = started;
    return started;
  };

  const draw = async (specification: JsonObject): Promise<{ svg: string }> => {
    const thread = start();
    const id = nextId++;
    const timer = new AbortController();
    try {
      const reply = await new Promise<ChartWorkerReply>((resolve, reject) => {
        const { signal } = timer;
        const limit = setTimeout(
          () => reject(refusal('The chart takes too long to draw. Use fewer rows or simpler marks.')),
          timeoutMs,
        );
        const onMessage = (message: ChartWorkerReply) => message.id === id && resolve(message);
        const onExit = () =>
          reject(refusal('The chart needs too much memory to draw. Use fewer rows or simpler marks.'));
        thread.on('message', onMessage);
        thread.once('exit', onExit);
        signal.addEventListener('abort', () => {
          clearTimeout(limit);
          thread.off('message', onMessage);
          thread.off('exit', onExit);
        });
        thread.postMessage({ id, specification } satisfies ChartWorkerRequest);
      }).catch(async (error: unknown) => {
        await stop();
        throw error;
      });
      if ('refusal' in reply) throw refusal(`The chart cannot be drawn: ${reply.refusal.slice(0, 1_000)}`);
      if (reply.svg.length > largestSvgBytes) throw refusal('The drawn chart has more than 5 MB. Use fewer rows.');
      return { svg: reply.svg };
    } finally {
      timer.abort();
      idle = setTimeout(() => void stop(), idleMs).unref();
    }
  };

  const drawChart = async (specification: JsonObject): Promise<{ svg: string }> => {
    if (Buffer.byteLength(JSON.stringify(specification)) > largestSpecificationBytes)
      throw refusal('The chart has more than 2 MB of data.');
    if (waiting >= mostWaiting)
      throw new HubError('unavailable', 'Too many charts are being drawn. Try again in a moment.');
    waiting += 1;
    const mine = turn.then(() => draw(specification));
    turn = mine.catch(() => undefined).finally(() => (waiting -= 1));
    return await mine;
  };

  return Object.assign(drawChart, { close: stop });
}

function refusal(detail: string): HubError {
  return new HubError('validation_failed', detail);
}
