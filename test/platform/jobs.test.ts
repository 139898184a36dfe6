import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createJobs, type Jobs } from '#server/platform/jobs.ts';
import { createTestDatabase, type TestDatabase } from '#test/support/test-database.ts';

let store: TestDatabase;
const failures: string[] = [];
const opened: Jobs[] = [];
const open = (now?: () => Date) => {
  const logError = (_error: unknown, message: string) => failures.push(message);
  const jobs = createJobs({ database: store.database, logError, ...(now && { now }) });
  opened.push(jobs);
  return jobs;
};
const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 25 });
const readStates = async (name: string) =>
  (await store.database.pool.query<{ state: string }>('SELECT state FROM pgboss.job WHERE name = $1', [name])).rows.map(
    ({ state }) => state,
  );

beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(async () => {
  await Promise.all(opened.map((jobs) => jobs.stop()));
  await store.close();
});

describe('background jobs', () => {
  test('are done with their data, soon after they were sent', async () => {
    const seen: unknown[] = [];
    const jobs = open();
    jobs.register('count', { handler: async (data) => void seen.push(data) });
    await jobs.start();
    await jobs.send('count', { one: 1 });
    await jobs.send('count', { two: [2] });
    await until(() => expect(seen).toEqual([{ one: 1 }, { two: [2] }]));
    await until(async () => expect(await readStates('count')).toEqual(['completed', 'completed']));
    expect(failures).toEqual([]);
    await jobs.stop();
  });

  test('that fail are logged and tried again, and nothing else stops', async () => {
    const tried: unknown[] = [];
    const jobs = open();
    jobs.register('stumble', {
      retryLimit: 1,
      pollEverySeconds: 0.5,
      handler: async (data) => {
        tried.push(data);
        if (tried.length === 1) throw new Error('not yet');
      },
    });
    await jobs.start();
    await jobs.send('stumble', { again: true });
    await until(() => expect(tried).toEqual([{ again: true }, { again: true }]));
    expect(failures.splice(0)).toEqual(['the job stumble failed']);
    await jobs.stop();
  });

  test('that are due are done once, however many hubs there are', async () => {
    let done = 0;
    for (const cron of ['0 12 * * *', '0 12 * * *', '1 12 * * *', '58 11 * * *']) {
      const jobs = open(() => new Date('2026-11-28T12:00:30Z'));
      jobs.register('nightly', { cron, handler: async () => void (done += 1) });
      await jobs.start();
      await until(async () => expect(await readStates('nightly')).toEqual(['completed']));
      await jobs.stop();
    }
    expect([done, failures]).toEqual([1, []]);
  });

  test('that were sent and not done wait for the next start', async () => {
    const first = open();
    first.register('later', { handler: async () => {} });
    await first.start();
    await first.send('later', { kept: true }, { startAfter: new Date(Date.now() + 1000) });
    await first.stop();
    const seen: unknown[] = [];
    const second = open();
    second.register('later', { pollEverySeconds: 0.5, handler: async (data) => void seen.push(data) });
    await second.start();
    await until(() => expect(seen).toEqual([{ kept: true }]));
    await second.stop();
  });

  test('that nobody registered cannot be sent', async () => {
    await expect(open().send('unknown')).rejects.toThrow('There is no job unknown.');
  });
});
