import { Worker } from 'node:worker_threads';
import type { JsonObject } from '#server/contract/json.ts';
import { HubError } from '#server/hub-error.ts';
import type { ChartWorkerReply, ChartWorkerRequest } from './chart-worker.ts';

const largestSpecificationBytes = 2 * 1024 * 1024;
const largestSvgBytes = 5 * 1024 * 1024;
const mostWaiting = 32;
const idleMs = 60_000;
const startTimeoutMs = 30_000;

/**
 * Draws Vega-Lite 6 specifications as SVG, one after another, in a thread that starts with the first chart, is ended when
 * a chart takes longer than `timeoutMs`, and goes away when there was none for a minute.
 *
 * @param workerFile - where the build put `chart-worker`
 */
export function createChartRenderer({ workerFile, timeoutMs = 10_000 }: { workerFile: URL; timeoutMs?: number }) {
  let worker: Promise<Worker> | undefined;
  let idle: NodeJS.Timeout | undefined;
  let nextId = 1;
  let waiting = 0;
  let turn: Promise<unknown> = Promise.resolve();

  const stop = async () => {
    clearTimeout(idle);
    const ending = worker;
    worker = undefined;
    await ending?.then((thread) => thread.terminate()).catch(() => undefined);
  };

  const draw = async (specification: JsonObject): Promise<{ svg: string }> => {
    clearTimeout(idle);
    const current = (worker ??= startThread(workerFile));
    try {
      const thread = await current;
      const id = nextId++;
      const answer = waitFor(thread, timeoutMs, (message) => 'id' in message && message.id === id);
      thread.postMessage({ id, specification } satisfies ChartWorkerRequest);
      const reply = await answer;
      if (!('svg' in reply)) {
        throw refusal(`The chart cannot be drawn: ${'refusal' in reply ? reply.refusal.slice(0, 1_000) : ''}`);
      }
      if (reply.svg.length > largestSvgBytes) throw refusal('The drawn chart has more than 5 MB. Use fewer rows.');
      return { svg: reply.svg };
    } catch (thrown) {
      if (thrown instanceof ThreadLost) await stop();
      throw thrown instanceof ThreadLost ? refusal(thrown.message) : thrown;
    } finally {
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

/** The thread ended, or must be ended, before it answered. */
class ThreadLost extends Error {}

async function startThread(file: URL): Promise<Worker> {
  const thread = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: 384 }, env: {} });
  // What a thread fails of is told by its end.
  thread.on('error', () => undefined);
  try {
    await waitFor(thread, startTimeoutMs, (message) => 'ready' in message);
  } catch (thrown) {
    await thread.terminate();
    throw thrown;
  }
  thread.unref();
  return thread;
}

function waitFor(
  thread: Worker,
  timeoutMs: number,
  isWanted: (message: ChartWorkerReply) => boolean,
): Promise<ChartWorkerReply> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      clearTimeout(limit);
      thread.off('message', onMessage);
      thread.off('exit', onExit);
      act();
    };
    const give = (why: string) =>
      settle(() => reject(new ThreadLost(`The chart ${why}. Use fewer rows or simpler marks.`)));
    const onMessage = (message: ChartWorkerReply) => {
      if (isWanted(message)) settle(() => resolve(message));
    };
    const onExit = () => give('needs too much memory to draw');
    const limit = setTimeout(() => give('takes too long to draw'), timeoutMs);
    thread.on('message', onMessage);
    thread.once('exit', onExit);
  });
}

function refusal(detail: string): HubError {
  return new HubError('validation_failed', detail);
}
