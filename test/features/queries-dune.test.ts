import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SavedQuery } from '#server/contract/saved-query.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { createDuneClient } from '#test/support/dune-client.ts';

let hub: TestApp;
let ada: TestPerson;
let address: string;
let client: ReturnType<typeof createDuneClient>;

beforeAll(async () => {
  hub = await buildTestApp();
  ada = await hub.createPerson();
  address = await hub.listen();
  client = createDuneClient((await ada.createKey(['data:read', 'data:write'])).key, address);
});
afterAll(() => hub.close());

const save = async (payload: object) =>
  (await ada.inject({ method: 'POST', url: '/api/queries', payload: { name: 'Test', ...payload } })).json<SavedQuery>();

describe('a client of Dune', () => {
  test('runs SQL and reads its rows', async () => {
    const { execution_id: id } = await client.executeSql("SELECT 7 AS n, 'a' AS t, 3.10::DECIMAL(9,2) AS d");
    expect(await client.finish(id)).toMatchObject({
      state: 'QUERY_STATE_COMPLETED',
      query_id: 0,
      result_metadata: { column_names: ['n', 't', 'd'], total_row_count: 1, datapoint_count: 3 },
    });
    expect((await client.readResults(id)).result?.rows).toEqual([{ n: 7, t: 'a', d: '3.10' }]);
  });

  test('runs a saved query with parameters, of each type', async () => {
    const parameters = [
      { name: 'text', type: 'text', value: 'x' },
      { name: 'number', type: 'number', value: '1' },
      { name: 'date', type: 'datetime', value: '2026-01-01 00:00:00' },
    ];
    const sql = "SELECT '{{text}}' AS t, {{number}} + 1 AS n, date_trunc('month', timestamp '{{date}}') AS d";
    const { number } = await save({ sql, parameters });
    const values = [
      { name: 'text', value: "it's" },
      { name: 'number', value: '41' },
      { name: 'date', value: '2026-05-17 10:00:00' },
    ];
    const rows = [{ t: "it's", n: 42, d: '2026-05-01T00:00:00' }];
    expect((await client.runQuery(number, values)).result?.rows).toEqual(rows);
    await client.runQuery(number, []);
    expect(await client.readLast(number, values, {})).toEqual(rows);
  });

  test('goes through the pages of a result, as rows and as CSV', async () => {
    const { number } = await save({ sql: 'SELECT i FROM range(25) t(i)' });
    const first = await client.runQuery(number, [], { limit: 10 });
    expect([first.result?.rows.length, first.next_offset]).toEqual([10, 10]);
    const last = await client.readResults(first.execution_id, { limit: 10, offset: 20 });
    expect([last.result?.rows, last.next_offset]).toEqual([[20, 21, 22, 23, 24].map((i) => ({ i })), undefined]);
    const csv = await client.readCsv(first.execution_id, { limit: 10, offset: 10 });
    expect([csv.data.split('\n')[1], csv.next_offset]).toEqual(['10', 20]);
    expect(await client.readLast(number, [], { limit: 10, offset: 0 })).toHaveLength(25);
    expect(await client.readLastCsv(number, { limit: 10 })).toHaveLength(26);
  });

  test('chooses columns and their order, and is refused what it would get another answer for', async () => {
    const { execution_id: id } = await client.executeSql('SELECT i, -i AS m, 0 AS z FROM range(3) t(i)');
    await client.finish(id);
    const { result } = await client.readResults(id, { columns: ['m', 'i'], sort_by: ['m asc'] });
    expect(result?.rows[0]).toEqual({ m: -2, i: 2 });
    await expect(client.readResults(id, { filters: 'i > 1' })).rejects.toThrow(/^400.*filters/);
  });

  test('is told why SQL failed, and where', async () => {
    const { execution_id: id } = await client.executeSql('SELECT 1,\n nothing');
    expect(await client.finish(id)).toMatchObject({
      state: 'QUERY_STATE_FAILED',
      error: { type: 'unknown_name', metadata: { line: 2, column: 2 } },
    });
  });

  test('stops an execution', async () => {
    const endless = 'SELECT count(*) FROM range(100000000000000) t(i) WHERE i % 7 = 3';
    const { execution_id: id } = await client.executeSql(endless);
    expect(await client.cancel(id)).toBe(true);
    expect((await client.readStatus(id)).state).toBe('QUERY_STATE_CANCELLED');
  });

  test('makes, reads and changes a query', async () => {
    const number = await client.createQuery({ name: 'Made there', query_sql: 'SELECT 1', is_private: true });
    await client.updateQuery(number, { query_sql: 'SELECT 2' });
    expect(await client.readQuery(number)).toMatchObject({
      query_id: number,
      name: 'Made there',
      query_sql: 'SELECT 2',
      is_private: true,
      version: 2,
    });
  });

  test('with a key that may not, or none, is refused in words', async () => {
    const { key } = await ada.createKey(['data:read']);
    await expect(createDuneClient(key, address).executeSql('SELECT 1')).rejects.toThrow(/^403.*data:write/);
    await expect(createDuneClient('atr_none', address).readStatus('x')).rejects.toThrow(/^401/);
  });
});
