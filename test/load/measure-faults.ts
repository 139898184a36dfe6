import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { request } from 'undici';
import type { Row } from './bench-rows.ts';
import { median, quantile } from './load.ts';
import { writeLargeSource } from './measure-audit.ts';
import { benchPerson, startHub } from './start-hub.ts';

const rounds = 5;
const askEveryMs = 20;
/** A stopped query's process goes, and what it laid down is removed, shortly after it was answered. */
const afterwardsMs = 2000;
const restMs = 3000;
const longestMs = 120_000;
/** What issue 5 wants of the hub beside every fault. */
const limitMs = 100;
const boundary = 'bench-of-faults';
const uploadBytes = 64 * 1024 * 1024;

const hostileSql = {
  'endless SQL, stopped':
    'SELECT count(*) FROM range(10000000000) a, range(10000000000) b WHERE a.range % 7 = b.range % 11',
  'SQL that eats memory': "SELECT string_agg(x, '') FROM (SELECT repeat('x', 1000000) x FROM range(100000))",
  'one text too long': "SELECT repeat('x', 1000000000::BIGINT), repeat('y', 1000000000::BIGINT)",
  'SQL that reads files': "SELECT * FROM read_csv('/etc/passwd')",
  'SQL that attaches': "ATTACH '/tmp/x.db'",
  'SQL that loads extensions': 'INSTALL httpfs',
};
const stopAfterMs = 4000;

/**
 * How long the hub takes to answer while something goes wrong in it: asked every 20 ms, the longest of each round, of which the
 * median counts, beside as many rounds in which nothing happens. On a machine that has other work, both grow.
 */
export async function measureFaults(root: string): Promise<Row[]> {
  const hub = await startHub(root, null);
  try {
    const session = await openSession(hub.url);
    const faults: [string, () => Promise<unknown>][] = [
      ...Object.entries(hostileSql).map(([name, sql]): [string, () => Promise<unknown>] => [
        name,
        () => session.run(sql),
      ]),
      ['the audit of 2,000 lines', () => session.audit(writeLargeSource())],
      ['an upload of 64 MB', () => session.upload(uploadBytes)],
    ];
    const rows: Row[] = [];
    for (const [name, cause] of faults) {
      const seen: { calm: number[]; beside: number[] }[] = [];
      for (let round = 0; round < rounds; round += 1) {
        seen.push({
          calm: await askDuring(hub.url, wait(restMs)),
          beside: await askDuring(
            hub.url,
            cause().then(() => wait(afterwardsMs)),
          ),
        });
      }
      const figures = [
        ['p99', (all: number[]) => quantile(all, 0.99)],
        ['longest', (all: number[]) => Math.max(...all)],
      ] as const;
      for (const [word, read] of figures) {
        rows.push({
          scenario: 'faults',
          measure: `an answer beside ${name}: ${word} of a round`,
          hub: median(seen.map(({ beside }) => read(beside))),
          baseline: median(seen.map(({ calm }) => read(calm))),
          unit: 'ms',
          ...(word === 'longest' && { limit: limitMs }),
        });
      }
    }
    return rows;
  } finally {
    await hub.stop();
    hub.remove();
  }
}

async function askDuring(url: string, work: Promise<unknown>): Promise<number[]> {
  const tookMs: number[] = [];
  let isOver = false;
  const ending = work.finally(() => (isOver = true));
  while (!isOver) {
    const startedAt = performance.now();
    const { body } = await request(`${url}/health/live`);
    await body.dump();
    tookMs.push(performance.now() - startedAt);
    await wait(askEveryMs);
  }
  await ending;
  return tookMs;
}

async function openSession(url: string) {
  const signedIn = await request(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(benchPerson),
  });
  await signedIn.body.dump();
  const cookie = [signedIn.headers['set-cookie'] ?? []].flat().map((one) => one.split(';')[0]);
  const headers = { origin: url, cookie: cookie.join('; ') };
  const send = async <Answer>(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> => {
    const answer = await request(`${url}${path}`, {
      method,
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (answer.statusCode >= 400) throw new Error(`${path} answered ${answer.statusCode}.`);
    return (await answer.body.json()) as Answer;
  };
  return {
    /** Until it is over, by itself or stopped. */
    run: async (sql: string) => {
      const { id } = await send<{ id: string }>('POST', '/api/executions', { sql });
      for (let waitedMs = 0; waitedMs < longestMs; waitedMs += 250) {
        const { state } = await send<{ state: string }>('GET', `/api/executions/${id}`);
        if (state !== 'running') return;
        if (waitedMs === stopAfterMs) await send('POST', `/api/executions/${id}/cancel`, {});
        await wait(250);
      }
    },
    audit: (content: string) => send('POST', '/api/audits', { files: [{ path: 'large.sol', content }] }),
    upload: async (bytes: number) => {
      const answer = await request(`${url}/api/datasets`, {
        method: 'POST',
        headers: { ...headers, 'content-type': `multipart/form-data; boundary=${boundary}` },
        body: Readable.from(toForm(bytes)),
      });
      await answer.body.dump();
      if (answer.statusCode !== 201) throw new Error(`The upload was answered with ${answer.statusCode}.`);
    },
  };
}

/** In pieces: to make it in one would hold up who asks. */
function* toForm(bytes: number) {
  yield `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="rows.csv"\r\n\r\ntext,n\n`;
  const lines = `${randomBytes(60).toString('base64url')},42\n`.repeat(500);
  for (let written = 0; written < bytes; written += lines.length) yield lines;
  yield `\r\n--${boundary}--\r\n`;
}
