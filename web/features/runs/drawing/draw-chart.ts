import type { JsonObject } from '#server/contract/json.ts';
import { sizeSvg } from './size-svg.ts';

export type ChartQuestion = { id: number; specification: JsonObject };
/** Null: it cannot be drawn. */
export type ChartAnswer = { id: number; svg: string | null };

const limitMs = 15_000;
const restMs = 30_000;

let worker: Worker | null = null;
let asked = 0;
let rest: ReturnType<typeof setTimeout> | undefined;
const waiting = new Map<number, (svg: string | null) => void>();

/** Draws a Vega-Lite specification beside the page, as SVG; null where that fails, takes too long or is not possible. */
export async function drawChart(specification: JsonObject): Promise<string | null> {
  if (typeof Worker === 'undefined') return null;
  clearTimeout(rest);
  worker ??= startWorker();
  asked += 1;
  const id = asked;
  const limit = setTimeout(endWorker, limitMs);
  const svg = await new Promise<string | null>((resolve) => {
    waiting.set(id, resolve);
    worker?.postMessage({ id, specification } satisfies ChartQuestion);
  });
  clearTimeout(limit);
  waiting.delete(id);
  // What draws takes memory that a page without charts needs no longer.
  if (waiting.size === 0) rest = setTimeout(endWorker, restMs);
  return svg === null ? null : sizeSvg(svg);
}

function startWorker(): Worker {
  const started = new Worker(new URL('./chart-worker.ts', import.meta.url), { type: 'module' });
  started.onmessage = ({ data }: MessageEvent<ChartAnswer>) => waiting.get(data.id)?.(data.svg);
  started.onerror = endWorker;
  return started;
}

/** Whoever still waits for it is told that nothing comes. */
function endWorker(): void {
  worker?.terminate();
  worker = null;
  for (const answer of waiting.values()) answer(null);
}
