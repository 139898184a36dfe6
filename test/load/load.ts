import { Pool } from 'undici';

/** Where a run is asked for: the hub or the pass-through. */
export type Target = { url: string; path: string; headers: Record<string, string>; body: string };

/** What a load saw: times in milliseconds, one a run. */
export type LoadResult = { firstTokenMs: number[]; wholeMs: number[]; failed: number; seconds: number };

/** Runs `total` streamed runs, `concurrent` at a time, each begun when one ends. */
export async function runLoad(
  target: Target,
  { total, concurrent }: { total: number; concurrent: number },
): Promise<LoadResult> {
  const pool = new Pool(target.url, { connections: concurrent, bodyTimeout: 60_000, headersTimeout: 60_000 });
  const result: LoadResult = { firstTokenMs: [], wholeMs: [], failed: 0, seconds: 0 };
  let begun = 0;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: concurrent }, async () => {
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

async function runOnce(pool: Pool, target: Target, result: LoadResult) {
  const startedAt = performance.now();
  try {
    const { statusCode, body } = await pool.request({
      path: target.path,
      method: 'POST',
      headers: { 'content-type': 'application/json', ...target.headers },
      body: target.body,
    });
    let text = '';
    let firstTokenMs: number | null = null;
    body.setEncoding('utf8');
    for await (const chunk of body as AsyncIterable<string>) {
      text = (text + chunk).slice(-20_000);
      if (firstTokenMs === null && text.includes('"text-delta"')) firstTokenMs = performance.now() - startedAt;
    }
    if (
      statusCode !== 200 ||
      firstTokenMs === null ||
      !text.includes('event: run-end') ||
      text.includes('event: error')
    ) {
      result.failed += 1;
      return;
    }
    result.firstTokenMs.push(firstTokenMs);
    result.wholeMs.push(performance.now() - startedAt);
  } catch {
    result.failed += 1;
  }
}

/** The value below which a share of the numbers lies. */
export function quantile(numbers: number[], share: number): number {
  const sorted = numbers.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (numbers: number[]) => quantile(numbers, 0.5);
