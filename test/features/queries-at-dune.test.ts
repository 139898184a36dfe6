import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Analysis } from '#server/contract/analysis.ts';
import type { Execution, ResultPage } from '#server/contract/execution.ts';
import type { SavedQuery } from '#server/contract/saved-query.ts';
import type { TestApp, TestPerson } from '#test/support/build-test-app.ts';
import { startDuneServer } from '#test/support/dune-server.ts';
import { readProblem } from '#test/support/read-problem.ts';
import { createRunAgent, type Engine, startEngine } from '#test/support/run-engine.ts';
import { decide, streamRun, toldToModel, untilAsked } from '#test/support/run-waits.ts';

const apiKey = 'a-key-of-dune-7f3e';
let dune: Awaited<ReturnType<typeof startDuneServer>>;
let engine: Engine;
let hub: TestApp;
let ada: TestPerson;
let ben: TestPerson;

beforeAll(async () => {
  dune = await startDuneServer(apiKey);
  engine = await startEngine({ variables: { HUB_DUNE_URL: dune.url, HUB_EGRESS_ALLOW: dune.entry } });
  ({ hub, ada } = engine);
  ben = await hub.createPerson();
});
afterAll(async () => {
  await engine.close();
  await dune.close();
});

const putKey = (key: string, person = ada) =>
  person.inject({ method: 'PUT', url: '/api/dune-key', payload: { apiKey: key } });
const start = async (payload: object, person = ada) =>
  (
    await person.inject({ method: 'POST', url: '/api/executions', payload: { waitSeconds: 30, ...payload } })
  ).json<Execution>();
const ask = (sql: string, more: object = {}) => start({ sql, engine: 'dune', ...more });
const rowsOf = async ({ id }: Execution) =>
  (await ada.inject({ url: `/api/executions/${id}/rows` })).json<ResultPage>().rows;

describe('Dune as a second engine', () => {
  test('wants a key, which is each person’s own and never shown', async () => {
    const payload = { sql: 'SELECT 1', engine: 'dune' };
    const refused = await ada.inject({ method: 'POST', url: '/api/executions', payload });
    expect(readProblem(refused)).toMatchObject({ status: 409, code: 'conflict' });
    expect((await putKey('no key')).statusCode).toBe(400);
    const stored = await putKey(apiKey);
    expect(stored.json()).toMatchObject({ isConnected: true, keyEnd: '7f3e' });
    expect(stored.body).not.toContain(apiKey);
    expect((await ben.inject({ url: '/api/dune-key' })).json()).toMatchObject({ isConnected: false, keyEnd: null });
    expect((await ben.inject({ method: 'POST', url: '/api/executions', payload })).statusCode).toBe(409);
    expect((await hub.app.inject({ url: '/api/dune-key' })).statusCode).toBe(401);
  });

  test('its rows come page by page, with types and every digit, and tell what they cost', async () => {
    const columns: [string, string][] = [
      ['hash', 'varbinary'],
      ['wei', 'uint256'],
      ['far', 'uint256'],
      ['price', 'decimal(38,18)'],
      ['at', 'timestamp(3) with time zone'],
      ['n', 'bigint'],
      ['list', 'array(integer)'],
    ];
    const row = (n: string) =>
      `{"hash":"0xAb","wei":12345678901234567890123,"far":"${'9'.repeat(60)}","price":0.123456789012345678,"at":"2026-05-17 10:00:00.000 UTC","n":${n},"list":[1,2]}`;
    dune.script({
      columns,
      rowsJson: [row('9007199254740993'), row('-1'), row('null'), row('4'), row('5')],
      credits: 0.15,
    });
    const execution = await ask('SELECT * FROM dex.trades');
    expect(execution).toMatchObject({
      engine: 'dune',
      state: 'completed',
      rows: 5,
      isCut: false,
      credits: '0.15',
      reads: [],
    });
    expect(execution.columns.map(({ type }) => type)).toEqual([
      'VARCHAR',
      'HUGEINT',
      'VARCHAR',
      'DECIMAL(38,18)',
      'TIMESTAMP WITH TIME ZONE',
      'BIGINT',
      'VARCHAR',
    ]);
    const rows = await rowsOf(execution);
    expect(rows[0]).toEqual([
      '0xAb',
      '12345678901234567890123',
      '9'.repeat(60),
      '0.123456789012345678',
      '2026-05-17T10:00:00Z',
      '9007199254740993',
      '[1,2]',
    ]);
    expect(rows.map((cells) => cells[5])).toEqual(['9007199254740993', -1, null, 4, 5]);
  });

  test('an analysis of its result names the query that ran there, and reads the result by the hub’s own SQL', async () => {
    dune.script({ columns: [['n', 'bigint']], rowsJson: ['{"n":1}', '{"n":3}'] });
    const { id } = await ask('SELECT approx_percentile(n, 0.5) AS n FROM t');
    const made = await ada.inject({
      method: 'POST',
      url: '/api/analyses/profile',
      payload: { source: { execution: id } },
    });
    const { report } = made.json<Analysis>();
    if (report.kind !== 'profile') throw new Error('no profile');
    expect(report.query).toEqual({ engine: 'dune', sql: 'SELECT approx_percentile(n, 0.5) AS n FROM t' });
    expect(report.overview.sql).not.toContain('approx_percentile');
    expect(report.columns[0]?.figures?.values).toMatchObject({ minimum: 1, maximum: 3 });
  });

  test('a result without rows has its columns', async () => {
    dune.script({ columns: [['n', 'bigint']], rowsJson: [] });
    expect(await ask('SELECT 1 AS n WHERE false')).toMatchObject({ rows: 0, columns: [{ name: 'n', type: 'BIGINT' }] });
  });

  test('values are literals there, whatever they hold', async () => {
    dune.script({ columns: [['n', 'bigint']], rowsJson: ['{"n":1}'] });
    const parameters = [
      { name: 'who', type: 'text', value: "it's' OR 1=1 --" },
      { name: 'n', type: 'number', value: '41' },
    ];
    const sql = "SELECT {{n}} FROM t WHERE a = {{who}} AND b = 'x {{who}}' -- {{comment}}";
    await ask(sql, { parameters });
    expect(dune.listExecutions().at(-1)?.sql).toBe(
      "SELECT 41 FROM t WHERE a = 'it''s'' OR 1=1 --' AND b = 'x it''s'' OR 1=1 --' -- {{comment}}",
    );
    const { fault } = await ask('SELECT\n {{n}}', { parameters: [{ name: 'n', type: 'number', value: '1; DROP' }] });
    expect(fault).toMatchObject({ kind: 'parameter', line: 2, column: 2 });
  });

  test('failed SQL is told with its place in what was written', async () => {
    const message = "line 2:17: Column 'amuont' cannot be resolved";
    dune.script({ error: { type: 'FAILED_TYPE_EXECUTION_FAILED', message, metadata: { line: 2, column: 17 } } });
    const parameters = [{ name: 'a', type: 'text', value: 'longer' }];
    expect((await ask('SELECT\n {{a}} AS x, amuont', { parameters })).fault).toMatchObject({
      kind: 'unknown_name',
      message,
      line: 2,
      column: 14,
    });
  });

  test.each([
    [401, 'key_refused', /key \(401\)/],
    [402, 'credits_spent', /credits at Dune are spent.*This API request would exceed/],
    [429, 'busy', /Try again in 7 seconds/],
    [400, 'failed', /This API request would exceed/],
    [500, 'unreachable', /fault of its own/],
  ])('an answer %i says what to do', async (status, kind, words) => {
    dune.script({ refuse: { status, error: 'This API request would exceed your limits', retryAfter: 7 } });
    const { state, fault } = await ask('SELECT 1');
    expect({ state, kind: fault?.kind }).toEqual({ state: 'failed', kind });
    expect(fault?.message).toMatch(words);
    expect(fault?.message).not.toContain(apiKey);
  });

  test('looks that come too often are made again later', async () => {
    dune.script({ columns: [['n', 'bigint']], rowsJson: ['{"n":1}'] });
    dune.refuseLooks({ status: 429, retryAfter: 0.1 });
    expect((await ask('SELECT 1')).state).toBe('completed');
  });

  test('who stops it, or leaves, stops it there', async () => {
    dune.script({ isEndless: true });
    const { id } = await ask('SELECT forever()', { waitSeconds: 0 });
    await expect.poll(() => dune.listExecutions().at(-1)?.looks).toBeGreaterThan(0);
    const stopped = await ada.inject({ method: 'POST', url: `/api/executions/${id}/cancel` });
    expect(stopped.json<Execution>().state).toBe('cancelled');
    await expect.poll(() => dune.listExecutions().at(-1)?.isCancelled).toBe(true);
  });

  test('one that another process cancelled is stopped there too', async () => {
    dune.script({ isEndless: true });
    const { id } = await ask('SELECT elsewhere()', { waitSeconds: 0 });
    await expect.poll(() => dune.listExecutions().at(-1)?.looks).toBeGreaterThan(0);
    await hub.services.database.prisma.execution.update({ where: { id }, data: { state: 'cancelled' } });
    await expect.poll(() => dune.listExecutions().at(-1)?.isCancelled, { timeout: 5000 }).toBe(true);
  });

  test('a saved query has its engine, and runs with the key of whoever runs it', async () => {
    dune.script({ columns: [['n', 'bigint']], rowsJson: ['{"n":7}'] });
    const payload = { name: 'At Dune', sql: 'SELECT 7 AS n', engine: 'dune', access: 'hub' };
    const saved = (await ada.inject({ method: 'POST', url: '/api/queries', payload })).json<SavedQuery>();
    expect(saved.engine).toBe('dune');
    expect(await rowsOf(await start({ query: saved.id }))).toEqual([[7]]);
    const other = await ben.inject({ method: 'POST', url: '/api/executions', payload: { query: saved.id } });
    expect(other.statusCode).toBe(409);
    const copy = await ben.inject({ method: 'POST', url: `/api/queries/${saved.id}/fork` });
    expect(copy.json<SavedQuery>().engine).toBe('dune');
    await ada.inject({ method: 'PATCH', url: `/api/queries/${saved.id}`, payload: { engine: 'duckdb' } });
    expect(await start({ query: saved.id })).toMatchObject({ engine: 'duckdb', credits: null });
    const earlier = await ada.inject({ method: 'POST', url: `/api/queries/${saved.id}/versions/1/restore` });
    expect(earlier.json<SavedQuery>()).toMatchObject({ version: 3, engine: 'dune' });
  });

  test('an agent spends no credits before the person agrees, whatever its settings', async () => {
    dune.script({ columns: [['n', 'bigint']], rowsJson: ['{"n":7}'], credits: 0.15 });
    const agent = await createRunAgent(ada, { tools: [{ id: 'run-sql', approval: 'never' }] });
    const before = dune.listExecutions().length;
    for (const decision of ['refuse', 'approve']) {
      const call = { id: decision, name: 'run-sql', arguments: { sql: 'SELECT 7 AS n', engine: 'dune' } };
      engine.model.script({ toolCalls: [call] }, { text: 'Done.' });
      const { run, events } = await streamRun(engine, agent);
      const [request] = await untilAsked(engine, run);
      expect(request?.input).toEqual(call.arguments);
      expect(dune.listExecutions()).toHaveLength(before);
      expect((await decide(ada, run, request?.approval ?? '', { decision })).statusCode).toBe(204);
      await events;
    }
    expect(dune.listExecutions()).toHaveLength(before + 1);
    expect(toldToModel(engine).at(-1)?.content).toContain('"credits":"0.15"');
    const own = { id: 'own', name: 'run-sql', arguments: { sql: 'SELECT 8 AS n' } };
    engine.model.script({ toolCalls: [own] }, { text: 'Done.' });
    const { events } = await streamRun(engine, agent);
    expect((await events).map(({ event }) => event.type)).not.toContain('approval-request');
    expect(toldToModel(engine).at(-1)?.content).toContain('[[8]]');
  });

  test('an agent keeps nothing that spends credits by itself before the person knows what it costs a month', async () => {
    dune.script({ columns: [['n', 'bigint']], rowsJson: ['{"n":7}'], credits: 0.15 });
    const payload = { name: 'Costly', sql: 'SELECT 7 AS n', engine: 'dune' };
    const saved = (await ada.inject({ method: 'POST', url: '/api/queries', payload })).json<SavedQuery>();
    const { id: execution } = await start({ query: saved.id });
    const schedule = { cron: '0 */6 * * *', timeZone: 'UTC' };
    await ada.inject({ method: 'POST', url: '/api/dashboards', payload: { name: 'Costs', schedule } });
    const ids = ['create-alert', 'save-to-dashboard'];
    const agent = await createRunAgent(ada, { tools: ids.map((id) => ({ id, approval: 'never' })) });
    const notes = async (name: string, given: Record<string, unknown>) => {
      engine.model.script({ toolCalls: [{ id: name, name, arguments: given }] }, { text: 'Done.' });
      const { run, events } = await streamRun(engine, agent);
      const [request] = await untilAsked(engine, run);
      await decide(ada, run, request?.approval ?? '', { decision: 'refuse' });
      await events;
      return request?.note;
    };
    const watched = { watch: 'query', chain: 'ethereum', query: saved.id, operator: 'above', threshold: '1' };
    expect(await notes('create-alert', { ...watched, everyMinutes: 60 })).toBe(
      'It runs at Dune about 720 times a month. At 0.15 credits, as the last time, that is about 108 credits a month.',
    );
    const kept = { dashboard: 'Costs', title: 'Seven', execution, kind: 'counter', y: ['n'] };
    expect(await notes('save-to-dashboard', kept)).toContain('about 120 times a month');
    expect(await notes('save-to-dashboard', { ...kept, dashboard: 'Other' })).toContain('not refreshed by itself');
  });

  test('a key that was removed serves no more', async () => {
    expect((await ada.inject({ method: 'DELETE', url: '/api/dune-key' })).statusCode).toBe(204);
    const payload = { sql: 'SELECT 1', engine: 'dune' };
    expect((await ada.inject({ method: 'POST', url: '/api/executions', payload })).statusCode).toBe(409);
  });
});
