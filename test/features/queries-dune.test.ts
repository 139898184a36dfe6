import { DuneClient, Paginator, QueryParameter, type ResultsResponse } from '@duneanalytics/client-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SavedQuery } from '#server/contract/saved-query.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';

let hub: TestApp;
let ada: TestPerson;
let address: string;
let client: DuneClient;

/** Dune's own client; the one thing of it that is changed is the host, which it has no setting for. */
function openClient(key: string): DuneClient {
  const opened = new DuneClient(key);
  const url = (route = '') => `${address}/api/v1/${route}`;
  for (const part of [opened.exec, opened.query]) part.url = url;
  return opened;
}

beforeAll(async () => {
  hub = await buildTestApp();
  ada = await hub.createPerson();
  address = await hub.listen();
  client = openClient((await ada.createKey(['data:read', 'data:write'])).key);
});
afterAll(() => hub.close());

const save = async (payload: object) =>
  (await ada.inject({ method: 'POST', url: '/api/queries', payload: { name: 'Test', ...payload } })).json<SavedQuery>();
const rowsOf = ({ result }: ResultsResponse) => result?.rows;
const opts = { pingFrequency: 0.05 };
const ended = ['QUERY_STATE_COMPLETED', 'QUERY_STATE_FAILED'];

async function executeSql(sql: string) {
  const { execution_id: id } = await client.exec.executeSql({ sql });
  await expect.poll(async () => (await client.exec.getExecutionStatus(id)).state).toBeOneOf(ended);
  return client.exec.getExecutionStatus(id);
}

describe('Dune’s own client', () => {
  test('runs SQL and reads its rows', async () => {
    const status = await executeSql("SELECT 7 AS n, 'a' AS t, 3.10::DECIMAL(9,2) AS d");
    expect(status).toMatchObject({
      state: 'QUERY_STATE_COMPLETED',
      query_id: 0,
      result_metadata: { column_names: ['n', 't', 'd'], total_row_count: 1, datapoint_count: 3 },
    });
    const results = await client.exec.getExecutionResults(status.execution_id);
    expect(rowsOf(results)).toEqual([{ n: 7, t: 'a', d: '3.10' }]);
  });

  test('runs a saved query with parameters, of each type', async () => {
    const parameters = [
      { name: 'text', type: 'text', value: 'x' },
      { name: 'number', type: 'number', value: '1' },
      { name: 'date', type: 'datetime', value: '2026-01-01 00:00:00' },
    ];
    const sql = "SELECT '{{text}}' AS t, {{number}} + 1 AS n, date_trunc('month', timestamp '{{date}}') AS d";
    const { number: queryId } = await save({ sql, parameters });
    const values = [
      QueryParameter.text('text', "it's"),
      QueryParameter.number('number', 41),
      QueryParameter.date('date', '2026-05-17 10:00:00'),
    ];
    const rows = [{ t: "it's", n: 42, d: '2026-05-01T00:00:00' }];
    expect(rowsOf(await client.runQuery({ queryId, query_parameters: values, opts }))).toEqual(rows);
    await client.runQuery({ queryId, opts });
    const { results } = await client.exec.getLastExecutionResults(queryId, { query_parameters: values });
    expect(rowsOf(results)).toEqual(rows);
  });

  test('makes a query of SQL and runs it', async () => {
    const made = await client.runSql({ query_sql: 'SELECT 6 * 7 AS n', opts });
    expect(rowsOf(made)).toEqual([{ n: 42 }]);
  });

  test('goes through the pages of a result, as rows and as CSV', async () => {
    const { number: queryId } = await save({ sql: 'SELECT i FROM range(25) t(i)' });
    const first = await client.runQuery({ queryId, limit: 10, opts });
    expect([rowsOf(first)?.length, first.next_offset]).toEqual([10, 10]);
    const pages = await Paginator.new(client.exec, await client.exec.getExecutionStatus(first.execution_id), 10);
    expect([pages.maxPage(), (await pages.lastPage())?.values]).toEqual([3, [20, 21, 22, 23, 24].map((i) => ({ i }))]);
    const csv = await client.exec.getResultCSV(first.execution_id, { limit: 10, offset: 10 });
    expect([csv.data.split('\n')[1], csv.next_offset]).toEqual(['10', 20]);
    expect(rowsOf(await client.getLatestResult({ queryId, opts: { batchSize: 10 } }))).toHaveLength(25);
    const whole = await client.exec.getLastResultCSV(queryId, { limit: 10 });
    expect(whole.data.trim().split('\n')).toHaveLength(26);
  });

  test('chooses columns, their order, and rows by a filter or by chance', async () => {
    const wide = `SELECT i, -i AS m, 0 AS z, i * 1000000000000000000000000000000::HUGEINT AS big, 'it''s ' || i AS "what, it",
      TIMESTAMP '2026-01-01' + i * INTERVAL 1 DAY AS at, '0xab' || i AS tx FROM range(30) t(i)`;
    const { execution_id: id } = await executeSql(wide);
    const read = async (params: Parameters<typeof client.exec.getExecutionResults>[1]) =>
      client.exec.getExecutionResults(id, { columns: ['i'], ...params });
    const chosen = await read({ columns: ['m', 'i'], sort_by: ['m asc'] });
    expect(rowsOf(chosen)?.[0]).toEqual({ m: -29, i: 29 });
    const filtered = async (filters: string) => (rowsOf(await read({ filters })) ?? []).map(({ i }) => i);
    expect(await filtered('i > 26 and M <= -28')).toEqual([28, 29]);
    expect(await filtered(`"what, it" = 'it''s 3' OR (i IN (5, 7) AND z = 0)`)).toEqual([3, 5, 7]);
    expect(await filtered("at >= '2026-01-29 12:00' AND i <> 29")).toEqual([]);
    expect(await filtered("at > '2026-01-29' AND tx IN (0xAB29, 0xab1)")).toEqual([29]);
    expect(await filtered('big = 4000000000000000000000000000000')).toEqual([4]);
    expect(await filtered("tx LIKE '0xab2_' AND z IS NOT NULL AND i < 22")).toEqual([20, 21]);
    const page = await read({ filters: 'i >= 10', limit: 15, sort_by: 'i desc' });
    expect([rowsOf(page)?.at(0), page.next_offset]).toEqual([{ i: 29 }, 15]);
    expect(page.next_uri).toMatch(/filters=i\+%3E%3D\+10/);
    const csv = await client.exec.getResultCSV(id, { filters: 'i >= 28', columns: ['i', 'm'] });
    expect(csv.data.trim().split('\n')).toEqual(['i,m', '28,-28', '29,-29']);
    expect(csv.next_offset ?? null).toBeNull();
    const sample = rowsOf(await read({ sample_count: 7 })) ?? [];
    expect(new Set(sample.map(({ i }) => i)).size).toBe(7);

    const wrong: [string, RegExp][] = [
      ['nothing = 1', /has no column \\"nothing\\"/],
      ['i > now()', /cannot be read: a value such as/],
      ['NOT i = 1', /NOT is not known/],
      ['i = 1; DROP TABLE x', /cannot be read/],
      ['i = 1) OR (1 = 1', /AND or OR was expected instead of \\"\)\\"/],
      ["at > 'soon'", /400.*soon/],
    ];
    for (const [filters, words] of wrong) await expect(read({ filters })).rejects.toThrow(words);
    const both = await ada.inject({ url: `/api/v1/execution/${id}/results?sample_count=3&limit=2` });
    expect([both.statusCode, both.json()]).toEqual([400, { error: expect.stringMatching(/cannot be combined/) }]);
    const here = await ada.inject({ url: `/api/executions/${id}/rows?filter=${encodeURIComponent('i < 3')}&limit=2` });
    expect(here.json()).toMatchObject({ rows: [{ 0: 0 }, { 0: 1 }], total: 3 });
  });

  test('is told why SQL failed, and where', async () => {
    expect(await executeSql('SELECT 1,\n nothing')).toMatchObject({
      state: 'QUERY_STATE_FAILED',
      error: { type: 'unknown_name', metadata: { line: 2, column: 2 } },
    });
  });

  test('stops an execution', async () => {
    const sql = 'SELECT count(*) FROM range(100000000000000) t(i) WHERE i % 7 = 3';
    const { execution_id: id } = await client.exec.executeSql({ sql });
    expect(await client.exec.cancelExecution(id)).toBe(true);
    expect((await client.exec.getExecutionStatus(id)).state).toBe('QUERY_STATE_CANCELLED');
  });

  test('makes, reads and changes a query', async () => {
    const made = await client.query.createQuery({ name: 'Made there', query_sql: 'SELECT 1', is_private: true });
    await client.query.updateQuery(made, {
      query_sql: 'SELECT {{a}} + 1, {{b}}, CAST({{c}} AS TIMESTAMP)',
      query_parameters: [
        QueryParameter.number('a', 2),
        QueryParameter.text('b', '007'),
        QueryParameter.date('c', '2026-08-01 00:00:00'),
      ],
    });
    expect(await client.query.readQuery(made)).toMatchObject({
      query_id: made,
      name: 'Made there',
      parameters: [
        { key: 'a', type: 'number', value: '2' },
        { key: 'b', type: 'text', value: '007' },
        { key: 'c', type: 'datetime', value: '2026-08-01 00:00:00' },
      ],
      is_private: true,
      version: 2,
    });
  });

  test('puts a query away and takes it back, hides and shows it', async () => {
    const made = await client.query.createQuery({ name: 'Marked', query_sql: 'SELECT 1' });
    const listed = async () =>
      (await ada.inject({ url: '/api/queries?search=Marked' })).json<{ items: SavedQuery[] }>().items.length;
    expect(await client.query.archiveQuery(made)).toBe(true);
    expect(await listed()).toBe(0);
    expect((await ada.inject({ url: '/api/queries?of=archived' })).json()).toMatchObject({ items: [{ number: made }] });
    expect(await client.query.unarchiveQuery(made)).toBe(false);
    expect(await listed()).toBe(1);
    expect(await client.query.makePrivate(made)).toBe(made);
    expect(await client.query.makePublic(made)).toBe(made);
  });

  test('is told where else to find what this hub does otherwise', async () => {
    const told = [
      ['POST', 'table/upload/csv', /POST \/api\/datasets/],
      ['DELETE', 'uploads/me/t', /POST \/api\/datasets/],
      ['POST', 'usage', /no credits/],
      ['GET', 'endpoints/me/slug/results', /custom endpoints/],
      ['POST', 'query/1/pipeline/execute', /pipelines/],
      ['GET', 'nothing', /There is nothing at GET \/api\/v1\/nothing/],
    ] as const;
    for (const [method, path, error] of told) {
      const answer = await ada.inject({ method, url: `/api/v1/${path}`, ...(method !== 'GET' && { payload: {} }) });
      expect([answer.statusCode, answer.json()]).toEqual([404, { error: expect.stringMatching(error) }]);
    }
  });

  test('with a key that may not, or none, is refused in words', async () => {
    const { key } = await ada.createKey(['data:read']);
    await expect(openClient(key).exec.executeSql({ sql: 'SELECT 1' })).rejects.toThrow(/403.*data:write/);
    await expect(openClient('atr_none').exec.getExecutionStatus('x')).rejects.toThrow(/401/);
  });
});
