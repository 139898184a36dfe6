import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Execution } from '#server/contract/execution.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { uploadDataset } from '#test/support/upload-dataset.ts';

let hub: TestApp;
let ada: TestPerson;
let address: string;
let headers: { authorization: string };

beforeAll(async () => {
  hub = await buildTestApp({ sqlLimits: { processorMs: 1000, memoryMb: 160 } });
  ada = await hub.createPerson();
  await uploadDataset(ada.inject, 'kept.csv', 'n\n1\n2\n');
  address = await hub.listen();
  headers = { authorization: `Bearer ${(await ada.createKey(['data:read', 'data:write'])).key}` };
});
afterAll(() => hub.close());

const run = async (sql: string) =>
  (await ada.inject({ method: 'POST', url: '/api/executions', payload: { sql, waitSeconds: 30 } })).json<Execution>();

/** How often the hub answers, of itself and from its database, before something has ended. */
async function countAnswers(working: Promise<unknown>): Promise<number> {
  let isOver = false;
  const ending = working.finally(() => (isOver = true));
  for (let count = 0; ; count += 1) {
    for (const path of ['/health/live', '/api/executions?limit=1']) {
      const answer = await fetch(`${address}${path}`, { headers });
      expect(answer.status).toBe(200);
      await answer.arrayBuffer();
    }
    if (isOver) return ending.then(() => count);
    // As people ask: without a rest, the asking takes a processor from the query.
    await wait(10);
  }
}

test.each([
  [
    'has no end',
    'too_slow',
    /stopped after 1 seconds.*Read fewer rows, or filter earlier/,
    'SELECT count(*) FROM range(100000000000000) t(i) WHERE i % 7 = 3',
  ],
  ['eats memory', 'too_much_memory', /memory.*Read fewer rows or columns/, 'SELECT list(i) FROM range(30000000) t(i)'],
])('beside a query that %s the hub answers, and nothing is lost', async (_what, kind, message, sql) => {
  const running = run(sql);
  // However busy the machine is: the query's time is that of a processor, too.
  expect(await countAnswers(running)).toBeGreaterThan(5);
  const { state, fault } = await running;
  expect([state, fault]).toMatchObject(['failed', { kind, message: expect.stringMatching(message) }]);
  const { id } = await run('SELECT sum(n)::INTEGER FROM kept');
  const after = await ada.inject({ url: `/api/executions/${id}/rows` });
  expect(after.json<{ rows: unknown[][] }>().rows).toEqual([[3]]);
});
