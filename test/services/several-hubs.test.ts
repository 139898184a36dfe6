import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createInstanceKeeper } from '#server/features/runs/instance-keeper.ts';
import { createInstanceRepository } from '#server/features/runs/instance-repository.ts';
import { runInterrupted } from '#server/features/runs/run-errors.ts';
import { createRunRepository } from '#server/features/runs/run-repository.ts';
import type { Database } from '#server/platform/database.ts';
import { createJobs } from '#server/platform/jobs.ts';
import { startDatabaseProxy } from '#test/support/database-proxy.ts';
import { createRunOwner, toRunEnd, toRunStart } from '#test/support/run-starts.ts';
import { createServerDatabase, type ServerDatabase } from '#test/support/server-database.ts';

let server: ServerDatabase;
let owner: Awaited<ReturnType<typeof createRunOwner>>;
const failures: unknown[] = [];
const keepers: { end: () => Promise<void> }[] = [];
const logError = (error: unknown) => void failures.push(error);

beforeAll(async () => {
  server = await createServerDatabase();
  owner = await createRunOwner(await server.open());
});
afterEach(async () => {
  await Promise.all(keepers.splice(0).map((keeper) => keeper.end()));
});
afterAll(async () => {
  await server.close();
  expect(failures).toEqual([]);
});

/** What of a hub decides about interrupted runs, with short times. */
async function openHub(id: string, times = { renewEveryMs: 100, goneAfterMs: 2000 }, port?: number) {
  const database = await server.open(port === undefined ? {} : { port });
  const runs = createRunRepository({ database, instanceId: id });
  const keeper = createInstanceKeeper({
    id,
    repository: createInstanceRepository({ database }),
    markInterrupted: (goneAfterMs) => runs.markInterrupted(runInterrupted().toProblem(), { goneAfterMs }),
    logError,
    ...times,
  });
  keepers.push(keeper);
  return { database, runs, keeper };
}
const readStatus = async ({ database }: { database: Database }, id: string) =>
  (await database.prisma.run.findUniqueOrThrow({ where: { id } })).status;

describe('several hubs on one database', () => {
  test('leave each other’s living runs alone, also when one starts again and again', async () => {
    const first = await openHub('first');
    await first.keeper.begin();
    const start = toRunStart(owner);
    await first.runs.storeStart(start);
    for (let again = 0; again < 3; again += 1) {
      const second = await openHub(`second-${again}`);
      expect(await second.keeper.begin()).toBe(0);
      await second.keeper.end();
    }
    expect(await readStatus(first, start.run.id)).toBe('running');
    await first.runs.storeEnd(toRunEnd(start));
    expect(await readStatus(first, start.run.id)).toBe('completed');
  });

  test('mark the runs of one that is gone, without being started again', async () => {
    const dying = await openHub('dying', { renewEveryMs: 3_600_000, goneAfterMs: 2000 });
    await dying.keeper.begin();
    const start = toRunStart(owner);
    await dying.runs.storeStart(start);
    const living = await openHub('living');
    await living.keeper.begin();
    expect(await readStatus(living, start.run.id)).toBe('running');
    await vi.waitFor(async () => expect(await readStatus(living, start.run.id)).toBe('interrupted'), {
      timeout: 15_000,
      interval: 50,
    });
    const { error } = await living.database.prisma.run.findUniqueOrThrow({ where: { id: start.run.id } });
    expect(error).toMatchObject({ code: 'run_interrupted' });
  });

  test('mark at once the runs of one that ended without storing them', async () => {
    const ended = await openHub('ended');
    await ended.keeper.begin();
    const start = toRunStart(owner);
    await ended.runs.storeStart(start);
    await ended.keeper.end();
    const next = await openHub('next');
    expect(await next.keeper.begin()).toBe(1);
    expect(await readStatus(next, start.run.id)).toBe('interrupted');
  });

  test('keep what a hub that was only cut off stores at the end', async () => {
    const slow = await openHub('slow', { renewEveryMs: 3_600_000, goneAfterMs: 2000 });
    const start = toRunStart(owner);
    await slow.runs.storeStart(start);
    const other = await openHub('other');
    expect(await other.keeper.begin()).toBe(1);
    await slow.runs.storeEnd(toRunEnd(start, 'after all'));
    const stored = await other.runs.findRun(start.run.id);
    expect(stored).toMatchObject({ status: 'completed', output: 'after all', error: null });
  });

  test('do not take each other for gone when their database was away', async () => {
    const { hostname, port } = new URL(server.url);
    const proxy = await startDatabaseProxy({
      place: { host: '127.0.0.1', port: 0 },
      database: { host: hostname, port: Number(port) },
    });
    const times = { renewEveryMs: 200, goneAfterMs: 2000 };
    const first = await openHub('cut off', times, proxy.port());
    const second = await openHub('cut off too', times, proxy.port());
    await first.keeper.begin();
    await second.keeper.begin();
    const starts = [toRunStart(owner), toRunStart(owner)] as const;
    await first.runs.storeStart(starts[0]);
    await second.runs.storeStart(starts[1]);
    proxy.goAway();
    await new Promise((resolve) => setTimeout(resolve, times.goneAfterMs * 1.5));
    expect(failures.splice(0).length).toBeGreaterThan(0);
    proxy.comeBack();
    await new Promise((resolve) => setTimeout(resolve, times.renewEveryMs * 5));
    for (const start of starts) expect(await readStatus(first, start.run.id)).toBe('running');
    failures.splice(0);
    await Promise.all(keepers.splice(0).map((keeper) => keeper.end()));
    await proxy.close();
  });

  test('do each background job once', async () => {
    const done: unknown[] = [];
    const open = async () => createJobs({ database: await server.open(), logError });
    const [first, second] = [await open(), await open()];
    const all = [first, second];
    for (const jobs of all) {
      jobs.register('once', { pollEverySeconds: 0.5, handler: async (data) => void done.push(data['number']) });
    }
    await Promise.all(all.map((jobs) => jobs.start()));
    const numbers = Array.from({ length: 12 }, (_, number) => number);
    await Promise.all(numbers.map((number) => (number % 2 === 0 ? first : second).send('once', { number })));
    await vi.waitFor(() => expect(done.length).toBeGreaterThanOrEqual(12), { timeout: 20_000 });
    await Promise.all(all.map((jobs) => jobs.stop()));
    expect([...done].sort((a, b) => Number(a) - Number(b))).toEqual(numbers);
  });
});
