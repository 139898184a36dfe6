import { DuneClient, DuneError, ExecutionState, QueryParameter } from '@duneanalytics/client-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SavedQuery } from '#server/contract/saved-query.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';

let hub: TestApp;
let ada: TestPerson;
let client: DuneClient;

/** Dune's own client, which knows one address only. */
function openClient(key: string, address: string): DuneClient {
  const opened = new DuneClient(key);
  for (const part of [opened.exec, opened.query]) part.url = (route?: string) => `${address}/api/v1/${route ?? ''}`;
  return opened;
}

beforeAll(async () => {
  hub = await buildTestApp();
  ada = await hub.createPerson();
  const { key } = await ada.createKey(['data:read', 'data:write']);
  client = openClient(key, await hub.listen());
});
afterAll(() => hub.close());

const pingFrequency = 0.05;
const save = async (payload: object) =>
  (await ada.inject({ method: 'POST', url: '/api/queries', payload: { name: 'Test', ...payload } })).json<SavedQuery>();

async function finish(id: string) {
  await expect.poll(async () => (await client.exec.getExecutionStatus(id)).state).not.toBe(ExecutionState.EXECUTING);
  return client.exec.getExecutionStatus(id);
}

describe("Dune's client", () => {
  test('runs SQL and reads its rows', async () => {
    const { execution_id: id } = await client.exec.executeSql({
      sql: "SELECT 7 AS n, 'a' AS t, 3.10::DECIMAL(9,2) AS d",
    });
    expect(await finish(id)).toMatchObject({
      state: ExecutionState.COMPLETED,
      query_id: 0,
      result_metadata: { column_names: ['n', 't', 'd'], total_row_count: 1, datapoint_count: 3 },
    });
    const { result } = await client.exec.getExecutionResults(id);
    expect(result?.rows).toEqual([{ n: 7, t: 'a', d: '3.10' }]);
  });

  test('runs a saved query with parameters, of each type', async () => {
    const parameters = [
      { name: 'text', type: 'text', value: 'x' },
      { name: 'number', type: 'number', value: '1' },
      { name: 'date', type: 'datetime', value: '2026-01-01 00:00:00' },
    ];
    const sql = "SELECT '{{text}}' AS t, {{number}} + 1 AS n, date_trunc('month', timestamp '{{date}}') AS d";
    const { number: queryId } = await save({ sql, parameters });
    const { result } = await client.runQuery({
      queryId,
      query_parameters: [
        QueryParameter.text('text', "it's"),
        QueryParameter.number('number', 41),
        QueryParameter.date('date', '2026-05-17 10:00:00'),
      ],
      opts: { pingFrequency },
    });
    expect(result?.rows).toEqual([{ t: "it's", n: 42, d: '2026-05-01T00:00:00' }]);
  });

  test('goes through the pages of a result, as rows and as CSV', async () => {
    const { number: queryId } = await save({ sql: 'SELECT i FROM range(25) t(i)' });
    const first = await client.runQuery({ queryId, limit: 10, opts: { pingFrequency } });
    expect([first.result?.rows.length, first.next_offset]).toEqual([10, 10]);
    const second = await client.exec.getExecutionResults(first.execution_id, { limit: 10, offset: 20 });
    expect([second.result?.rows, second.next_offset]).toEqual([[20, 21, 22, 23, 24].map((i) => ({ i })), undefined]);
    const csv = await client.exec.getResultCSV(first.execution_id, { limit: 10, offset: 10 });
    expect([csv.data.split('\n')[1], csv.next_offset]).toEqual(['10', 20]);
    // Both fetch all pages by `next_uri`, which they send their key to.
    const { results } = await client.exec.getLastExecutionResults(queryId, { limit: 10, offset: 0 });
    expect(results.result?.rows).toHaveLength(25);
    const whole = await client.runQueryCSV({ queryId, limit: 10, opts: { pingFrequency } });
    expect(whole.data.trim().split('\n')).toHaveLength(26);
  });

  test('chooses columns and their order, and is refused what it would get another answer for', async () => {
    const { execution_id: id } = await client.exec.executeSql({ sql: 'SELECT i, -i AS m, 0 AS z FROM range(3) t(i)' });
    await finish(id);
    const { result } = await client.exec.getExecutionResults(id, { columns: ['m', 'i'], sort_by: ['m asc'] });
    expect(result?.rows[0]).toEqual({ m: -2, i: 2 });
    await expect(client.exec.getExecutionResults(id, { filters: 'i > 1' })).rejects.toThrow(/400.*filters/s);
  });

  test('is told why SQL failed, and where', async () => {
    const { execution_id: id } = await client.exec.executeSql({ sql: 'SELECT 1,\n nothing' });
    expect(await finish(id)).toMatchObject({
      state: ExecutionState.FAILED,
      error: { type: 'unknown_name', metadata: { line: 2, column: 2 } },
    });
  });

  test('stops an execution', async () => {
    const endless = 'SELECT count(*) FROM range(100000000000000) t(i) WHERE i % 7 = 3';
    const { execution_id: id } = await client.exec.executeSql({ sql: endless });
    expect(await client.exec.cancelExecution(id)).toBe(true);
    expect((await client.exec.getExecutionStatus(id)).state).toBe(ExecutionState.CANCELLED);
  });

  test('makes, reads and changes a query', async () => {
    const queryId = await client.query.createQuery({ name: 'Made there', query_sql: 'SELECT 1', is_private: true });
    await client.query.updateQuery(queryId, { query_sql: 'SELECT 2' });
    expect(await client.query.readQuery(queryId)).toMatchObject({
      query_id: queryId,
      name: 'Made there',
      query_sql: 'SELECT 2',
      is_private: true,
      version: 2,
    });
  });

  test('with a key that may not, or none, is refused in words', async () => {
    const address = new URL(client.exec.url('')).origin;
    const { key } = await ada.createKey(['data:read']);
    await expect(openClient(key, address).exec.executeSql({ sql: 'SELECT 1' })).rejects.toThrow(/403.*data:write/s);
    await expect(openClient('atr_none', address).exec.getExecutionStatus('x')).rejects.toThrow(DuneError);
  });
});
