import { setTimeout as wait } from 'node:timers/promises';
import { type Dispatcher, Pool } from 'undici';

/** Where a run is asked for: the hub or the pass-through. */
export type Target = { url: string; path: string; headers: Record<string, string>; body: string };

/** What a load saw: times in milliseconds, one a run. */
export type LoadResult = { firstTokenMs: number[]; wholeMs: number[]; failed: number; seconds: number };

const token = '"text-delta"';
const end = 'event: run-end';
const failure = 'event: error';
const keptText = 4096;

/** How many runs, and how many of them at a time, each begun when one ends; the first begin in one moment, or evenly over `spreadMs`. */
export type Load = { total: number; concurrent: number; spreadMs?: number };

/** Runs a load of streamed runs. */
export async function runLoad(target: Target, { total, concurrent, spreadMs = 0 }: Load): Promise<LoadResult> {
  const pool = new Pool(target.url, { connections: concurrent, bodyTimeout: 60_000, headersTimeout: 60_000 });
  const result: LoadResult = { firstTokenMs: [], wholeMs: [], failed: 0, seconds: 0 };
  let begun = 0;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: concurrent }, async (_, place) => {
      await wait((place * spreadMs) / concurrent);
      while (begun < total) {
        begun += 1;
        await runOnce(pool, target, result);
      }
    }),
  );
  result.seconds = (performance.now() - startedAt) / 1000;
  await pool.close();
  return result;
}

/** Reads as little as it can of each stream: what the generator costs is taken from the hub and the baseline alike. */
function runOnce(pool: Pool, target: Target, result: LoadResult): Promise<void> {
  const startedAt = performance.now();
  let firstTokenMs: number | null = null;
  let status = 0;
  let last = '';
  let failed = false;
  return new Promise((resolve) => {
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: () => {},
      onResponseStart: (_controller, statusCode) => {
        status = statusCode;
      },
      onResponseData: (_controller, chunk) => {
        if (firstTokenMs === null && chunk.includes(token)) firstTokenMs = performance.now() - startedAt;
        failed ||= chunk.includes(failure);
        last = (last + chunk.toString('latin1')).slice(-keptText);
      },
      onResponseEnd: () => {
        if (status !== 200 || failed || firstTokenMs === null || !last.includes(end)) result.failed += 1;
        else {
          result.firstTokenMs.push(firstTokenMs);
          result.wholeMs.push(performance.now() - startedAt);
        }
        resolve();
      },
      onResponseError: () => {
        result.failed += 1;
        resolve();
      },
    };
    pool.dispatch(
      {
        path: target.path,
        method: 'POST',
        headers: { 'content-type': 'application/json', ...target.headers },
        body: target.body,
      },
      handler,
    );
  });
}

/** The value below which a share of the numbers lies. */
export function quantile(numbers: number[], share: number): number {
  const sorted = numbers.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (numbers: number[]) => quantile(numbers, 0.5);
