import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDatabaseThread } from '#server/platform/embedded/database-thread.ts';
import { openEmbeddedDatabase, type EmbeddedDatabase } from '#server/platform/embedded/open-embedded-database.ts';
import { watchThread } from '#server/platform/embedded/watch-thread.ts';
import { until } from '#test/support/run-engine.ts';
import { copyDatabase, workerFile } from '#test/support/prepared-folder.ts';

const times = { patienceMs: 1000, everyMs: 50, shortestPauseMs: 50, longestPauseMs: 200 };
const failed = 'the embedded database failed and is started again';

let dataFolder: string;
let reported: string[];
const report = (error: unknown, message: string) =>
  reported.push(`${message}: ${error instanceof Error ? error.message : String(error)}`);

beforeEach(() => {
  reported = [];
  dataFolder = mkdtempSync(join(tmpdir(), 'atrium-thread-'));
});
afterEach(() => rmSync(dataFolder, { recursive: true, force: true }));

async function open() {
  copyDatabase(dataFolder);
  const embedded = await openEmbeddedDatabase({ dataFolder, workerFile });
  embedded.watch(report, times);
  return embedded;
}

async function query({ address }: Pick<EmbeddedDatabase, 'address'>, sql: string, timeoutMs = 10_000) {
  const client = new pg.Client({ ...address, query_timeout: timeoutMs });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    // The thread may be past answering a goodbye.
    (client as unknown as { connection: { stream: { destroy: () => void } } }).connection.stream.destroy();
  }
}

describe('the thread of the embedded database', () => {
  test('is replaced when Postgres gives up, and has what was acknowledged', async () => {
    const embedded = await open();
    await query(embedded, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (42)');
    // There are no programs in WebAssembly; trying to start one breaks the session for good.
    await Promise.allSettled([query(embedded, `COPY kept TO PROGRAM 'true'`, 1000)]);
    await until(async () => {
      const [answer] = await Promise.allSettled([query(embedded, 'SELECT n FROM kept', 1000)]);
      return answer.status === 'fulfilled' && answer.value[0]?.['n'] === 42;
    });
    expect(reported).toEqual([`${failed}: The embedded database failed: Postgres gave up (3).`]);
    await embedded.close();
  });

  test('is replaced when it works at one statement without end', async () => {
    const embedded = await open();
    await Promise.allSettled([query(embedded, 'SELECT count(*) FROM generate_series(1, 1000000000000)')]);
    await until(async () => {
      const [answer] = await Promise.allSettled([query(embedded, 'SELECT 1')]);
      return answer.status === 'fulfilled';
    });
    expect(reported).toEqual([`${failed}: The embedded database has not answered for 1 s.`]);
    await embedded.close();
  });

  test('is replaced when it ends, and not once the watch is over', async () => {
    copyDatabase(dataFolder);
    const data = { databaseFolder: join(dataFolder, 'database'), socketPath: join(dataFolder, '.s.PGSQL.5432') };
    const start = (signal?: AbortSignal) => {
      rmSync(data.socketPath, { force: true });
      return startDatabaseThread(workerFile, data, signal);
    };
    const first = await start();
    const watch = watchThread({ first, start, report, times });
    await first.terminate();
    await until(() => watch.current() !== first);
    const address = { host: dataFolder, port: 5432, user: 'postgres', database: 'postgres' };
    expect(await query({ address }, 'SELECT 7 AS n')).toEqual([{ n: 7 }]);
    expect(reported).toEqual([expect.stringContaining('the thread ended')]);
    await watch.end();
    const last = watch.current();
    await last.terminate();
    await expect(query({ address }, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED|ENOENT/);
    expect(reported).toHaveLength(1);
  });

  test('closes also when it does not answer any more', async () => {
    const embedded = await open();
    await Promise.allSettled([
      query(embedded, `COPY (SELECT 1) TO PROGRAM 'true'`, 500),
      query(embedded, 'SELECT 1', 500),
    ]);
    await embedded.close();
  });
});

/** A file system of its own, which only the system's administrator may make. */
function mountSmall(folder: string): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=90m', 'none', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('a disk that is full', () => {
  test('refuses writes, keeps what was acknowledged, and is written on when there is room', async ({ skip }) => {
    if (!mountSmall(dataFolder)) return skip('needs a file system of its own, which may not be made here');
    try {
      const embedded = await open();
      await query(embedded, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (0)');
      const ballast = join(dataFolder, 'ballast');
      const fill = () => {
        for (;;) writeFileSync(ballast, Buffer.alloc(256 * 1024), { flag: 'a' });
      };
      expect(fill).toThrow('ENOSPC');
      let kept = 0;
      // Words in the log alone, so that it is full soon.
      const filler = `length(pg_logical_emit_message(true, 'filler', repeat('x', 200000))::text) > 0`;
      const write = (n: number) => query(embedded, `UPDATE kept SET n = ${n} WHERE ${filler} RETURNING n`);
      let refusal: unknown;
      while (refusal === undefined) {
        await write(kept + 1).then(
          () => (kept += 1),
          (error: unknown) => (refusal = error),
        );
      }
      expect(kept).toBeGreaterThan(0);
      rmSync(ballast);
      const stored = await until(async () => {
        const [answer] = await Promise.allSettled([query(embedded, 'SELECT n FROM kept')]);
        return answer.status === 'fulfilled' ? Number(answer.value[0]?.['n']) : null;
      });
      // The one that was refused may have been stored before its answer was lost.
      expect([kept, kept + 1]).toContain(stored);
      expect(await write(kept + 2)).toEqual([{ n: kept + 2 }]);
      await embedded.close();
    } finally {
      execFileSync('umount', ['-l', dataFolder]);
    }
  }, 120_000);
});
