import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Execution } from '#server/contract/execution.ts';
import type { SavedQuery } from '#server/contract/saved-query.ts';
import type { ToolCall } from '#server/contract/tool.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { uploadDataset } from '#test/support/upload-dataset.ts';

let hub: TestApp;
let ada: TestPerson;
let bob: TestPerson;

beforeAll(async () => {
  hub = await buildTestApp({ sqlLimits: { maximumRows: 5000 } });
  ada = await hub.createPerson();
  bob = await hub.createPerson();
  await uploadDataset(ada.inject, 'transfers.csv', 'sender,amount\nann,10\nben,20\nann,30\n');
});
afterAll(() => hub.close());

const start = async (payload: object, person = ada) =>
  (
    await person.inject({ method: 'POST', url: '/api/executions', payload: { waitSeconds: 30, ...payload } })
  ).json<Execution>();
const rowsOf = async ({ id }: Execution, search = '') =>
  (await ada.inject({ url: `/api/executions/${id}/rows${search}` })).json<{ rows: unknown[][]; total: number }>();
const valuesOf = async (sql: string, parameters: object[] = []) =>
  (await rowsOf(await start({ sql, parameters }))).rows;
const faultOf = async (sql: string) => (await start({ sql })).fault;

describe('SQL', () => {
  test('gives rows, with how long it took and what it read', async () => {
    const execution = await start({ sql: 'SELECT sender, sum(amount) AS total FROM transfers GROUP BY 1 ORDER BY 1' });
    expect(execution).toMatchObject({
      state: 'completed',
      rows: 2,
      isCut: false,
      columns: [
        { name: 'sender', type: 'VARCHAR' },
        { name: 'total', type: 'HUGEINT' },
      ],
      reads: [{ table: 'transfers', rows: 3 }],
    });
    expect(execution.durationMs).toBeGreaterThan(0);
    expect(await rowsOf(execution)).toMatchObject({
      rows: [
        ['ann', '40'],
        ['ben', '20'],
      ],
      total: 2,
    });
    expect((await rowsOf(execution, '?sort=total%20asc&limit=1')).rows).toEqual([['ben', '20']]);
  });

  test('keeps every digit, byte and moment', async () => {
    const values = await valuesOf(
      `SELECT 170141183460469231731687303715884105727::HUGEINT, 1.50::DECIMAL(10,2), 18446744073709551615::UBIGINT,
              5::BIGINT, 9007199254740993::BIGINT, TIMESTAMP '2026-01-02 03:04:05.678901', '\\xAB\\x01'::BLOB,
              TIMESTAMPTZ '2026-01-02 03:04:05+02', [1::HUGEINT], {'a': '\\xFF'::BLOB}, 'NaN'::DOUBLE, NULL`,
    );
    expect(values).toEqual([
      [
        '170141183460469231731687303715884105727',
        '1.50',
        '18446744073709551615',
        5,
        '9007199254740993',
        '2026-01-02T03:04:05.678901',
        '0xab01',
        '2026-01-02T01:04:05Z',
        ['1'],
        { a: '0xff' },
        'NaN',
        null,
      ],
    ]);
  });

  test('takes parameters as values and never as SQL', async () => {
    const hostile = "x'; DROP TABLE transfers; --";
    const text = { name: 'who', type: 'text', value: hostile };
    expect(
      await valuesOf(
        `SELECT {{who}}, '{{who}}', '<{{ who }}>', :who, ':who', -- {{who}}
                {{least}} + 1, TIMESTAMP '{{since}}', [1, 2, 3][1:2]`,
        [
          text,
          { name: 'least', type: 'number', value: '123456789012345678901234567890' },
          { name: 'since', type: 'datetime', value: '2026-01-02 03:04:05' },
        ],
      ),
    ).toEqual([
      [
        hostile,
        hostile,
        `<${hostile}>`,
        hostile,
        ':who',
        '123456789012345678901234567891',
        '2026-01-02T03:04:05',
        [1, 2],
      ],
    ]);
    const missing = await faultOf('SELECT 1,\n  {{nobody}}');
    expect(missing).toMatchObject({ kind: 'parameter', line: 2, column: 3 });
    const none = await start({
      sql: 'SELECT {{n}}',
      parameters: [{ name: 'n', type: 'number', value: '1; SELECT 2' }],
    });
    expect(none.fault?.kind).toBe('parameter');
  });

  test('shows addresses with their checksums, and finds them in any case', async () => {
    const [one, other] = ['0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'];
    const plain = one.toLowerCase();
    await uploadDataset(ada.inject, 'wallets.csv', `who,note\n${one},${one}\n${other},\n${plain},x${plain}\n`);
    expect(await valuesOf('SELECT who, note, [who] FROM wallets')).toEqual([
      [one, one, [one]],
      [other, null, [other]],
      [one, `x${plain}`, [one]],
    ]);
    const { id } = await start({ sql: 'FROM wallets' });
    const csv = await ada.inject({ url: `/api/executions/${id}/export?format=csv` });
    expect(csv.body).toBe(`who,note\n${one},${one}\n${other},\n${one},x${plain}\n`);
    for (const [condition, count] of [
      [`who = '${one}' AND who = '${plain}'`, 2],
      [`who IN ('${other}', '0x${one.slice(2).toUpperCase()}')`, 3],
      [`who BETWEEN '${one}' AND '${one}' AND who = {{who}} AND who = '{{who}}' AND who = lower({{who}})`, 2],
    ] as const)
      expect(await valuesOf(`SELECT 1 FROM wallets WHERE ${condition}`, [{ name: 'who', value: one }])).toHaveLength(
        count,
      );
    const wrong = `SELECT '${one}', amuont FROM wallets`;
    expect(await faultOf(wrong)).toMatchObject({ kind: 'unknown_name', line: 1, column: wrong.indexOf('amuont') + 1 });
  });

  test('that is wrong is told with its place', async () => {
    expect(await faultOf("SELECT '量',\n amuont FROM transfers")).toMatchObject({
      kind: 'unknown_name',
      line: 2,
      column: 2,
    });
    expect(await faultOf('SELEC 1')).toMatchObject({ kind: 'syntax', line: 1, column: 1 });
    expect(await faultOf('-- nothing')).toMatchObject({ kind: 'syntax' });
    const shifted = await start({
      sql: 'SELECT {{a}} AS one, amuont FROM transfers',
      parameters: [{ name: 'a', type: 'datetime', value: '2026-01-01' }],
    });
    expect(shifted.fault).toMatchObject({ kind: 'unknown_name', line: 1, column: 22 });
  });

  test('that has more rows than a result may have is cut, and says so', async () => {
    const execution = await start({ sql: 'SELECT i FROM range(100000) t(i)' });
    expect(execution).toMatchObject({ rows: 5000, isCut: true });
    expect((await rowsOf(execution, '?offset=4998&limit=10')).rows).toEqual([[4998], [4999]]);
  });

  test('comes out as CSV, JSON and Parquet, and Parquet goes in again', async () => {
    const sql = "SELECT 12345678901234567890123::HUGEINT AS big, '\\x0A'::BLOB AS bytes, 'a,\"b' AS text";
    const { id } = await start({ sql });
    const read = (format: string) => ada.inject({ url: `/api/executions/${id}/export?format=${format}` });
    expect((await read('csv')).body).toBe('big,bytes,text\n12345678901234567890123,0x0a,"a,""b"\n');
    expect((await read('json')).json()).toEqual([{ big: '12345678901234567890123', bytes: '0x0a', text: 'a,"b' }]);
    const parquet = await read('parquet');
    expect(parquet.headers['content-disposition']).toContain(`result-${id}.parquet`);
    const again = await uploadDataset(ada.inject, 'again.parquet', parquet.rawPayload);
    expect(again).toMatchObject({ rows: 1, columns: [{ name: 'big', type: 'VARCHAR' }, { type: 'BLOB' }, {}] });
  });
});

describe('hostile SQL', () => {
  test.each([
    ['reads a file', "SELECT * FROM read_csv('FILE')"],
    ['reads a file by its name', "SELECT * FROM 'FILE'"],
    ['lists a folder', "SELECT * FROM glob('/*')"],
    ['reads the network', "SELECT * FROM read_csv('http://127.0.0.1:1/x.csv')"],
    ['reads another database', "SELECT * FROM read_duckdb('FILE')"],
    ['reads a file beside a comment', "/* */ -- x\n SELECT * FROM read_text('FILE')"],
  ])('that %s is refused', async (_what, sql) => {
    const file = join(hub.dataFolder, 'private.csv');
    writeFileSync(file, 'secret\n42\n');
    const { state, fault } = await start({ sql: sql.replace('FILE', file) });
    expect([state, fault?.kind]).toEqual(['failed', expect.stringMatching(/^(?:not_allowed|unknown_name)$/)]);
    expect(fault?.message).toMatch(/^Queries read tables only: no files, no network|is not|does not exist/);
    expect(fault?.message).not.toContain('42');
  });

  test.each([
    "ATTACH '/tmp/x.db'",
    'INSTALL httpfs',
    'LOAD httpfs',
    "COPY transfers TO 'OUT'",
    "EXPORT DATABASE 'OUT'",
    "SET memory_limit = '100GB'",
    'RESET lock_configuration',
    'PRAGMA database_list',
    'CALL pragma_version()',
    'CREATE TABLE t (a INT)',
    'INSERT INTO transfers VALUES (1, 2)',
    'DELETE FROM transfers',
    "EXPLAIN ANALYZE COPY (SELECT 1) TO 'OUT'",
    'BEGIN',
    'PREPARE p AS SELECT 1',
    'SELECT 1; SELECT 2',
    'CHECKPOINT',
    'USE memory',
  ])('such as %s is no reading statement', async (sql) => {
    const out = join(hub.dataFolder, 'out');
    expect(await faultOf(sql.replace('OUT', out))).toMatchObject({
      kind: 'not_allowed',
      message: expect.stringMatching(/statement|Queries read tables only/),
    });
    expect(existsSync(out)).toBe(false);
  });
});

describe('an execution', () => {
  const slow = 'SELECT count(*) FROM range(100000000000000) t(i) WHERE i % 7 = 3';

  test('that has no end is stopped from another request, and holds nobody up', async () => {
    const { id, state } = await start({ sql: slow, waitSeconds: 0 });
    expect(state).toBe('running');
    // Others are answered meanwhile.
    expect(await valuesOf('SELECT 1 + 1')).toEqual([[2]]);
    const cancelled = await ada.inject({ method: 'POST', url: `/api/executions/${id}/cancel` });
    expect(cancelled.json<Execution>().state).toBe('cancelled');
    const after = await ada.inject({ url: `/api/executions/${id}?waitSeconds=5` });
    expect(after.json<Execution>()).toMatchObject({ state: 'cancelled', fault: null });
    expect((await ada.inject({ url: `/api/executions/${id}/rows` })).statusCode).toBe(409);
  });

  test('ends when the one who waits for it leaves', async () => {
    const address = await hub.listen();
    const { key } = await ada.createKey(['data:read', 'data:write']);
    const leave = new AbortController();
    const asked = fetch(`${address}/api/executions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ sql: `${slow} -- left`, waitSeconds: 30 }),
      signal: leave.signal,
    });
    const last = async () => {
      const listed = await ada.inject({ url: '/api/executions?limit=1' });
      const [newest] = listed.json<{ items: Execution[] }>().items;
      return newest?.sql.endsWith('-- left') === true ? newest.state : null;
    };
    await expect.poll(last).toBe('running');
    leave.abort();
    await expect(asked).rejects.toThrow();
    await expect.poll(last).toBe('cancelled');
  });

  test('is seen by its person alone', async () => {
    const { id } = await start({ sql: 'SELECT 1' });
    for (const url of [`/api/executions/${id}`, `/api/executions/${id}/rows`, `/api/executions/${id}/export`])
      expect((await bob.inject({ url })).statusCode).toBe(404);
    expect((await bob.inject({ url: '/api/executions' })).json<{ items: unknown[] }>().items).toEqual([]);
  });
});

describe('a saved query', () => {
  const save = async (payload: object) =>
    (
      await ada.inject({ method: 'POST', url: '/api/queries', payload: { name: 'By sender', ...payload } })
    ).json<SavedQuery>();

  test('runs with its own values or with given ones', async () => {
    const parameters = [{ name: 'who', type: 'enum', value: 'ann', options: ['ann', 'ben'] }];
    const query = await save({ sql: 'SELECT sum(amount) FROM transfers WHERE sender = {{who}}', parameters });
    expect((await rowsOf(await start({ query: query.id }))).rows).toEqual([['40']]);
    const given = await start({ query: query.id, parameters: [{ name: 'who', value: 'ben' }] });
    expect(given).toMatchObject({ queryId: query.id, queryVersion: 1 });
    expect((await rowsOf(given)).rows).toEqual([['20']]);
    const other = await start({ query: query.id, parameters: [{ name: 'who', value: 'eve' }] });
    expect(other.fault).toMatchObject({ kind: 'parameter', message: expect.stringContaining('ann, ben') });
  });

  test('has a version for each change of its SQL, and goes back to an earlier one', async () => {
    const { id } = await save({ sql: 'SELECT 1' });
    const url = `/api/queries/${id}`;
    const patch = async (payload: object) => (await ada.inject({ method: 'PATCH', url, payload })).json<SavedQuery>();
    expect((await patch({ name: 'Renamed' })).version).toBe(1);
    expect((await patch({ sql: 'SELECT 2' })).version).toBe(2);
    const restored = await ada.inject({ method: 'POST', url: `${url}/versions/1/restore` });
    expect(restored.json<SavedQuery>()).toMatchObject({ version: 3, sql: 'SELECT 1', name: 'Renamed' });
    const versions = await ada.inject({ url: `${url}/versions` });
    expect(versions.json<{ items: { version: number }[] }>().items.map(({ version }) => version)).toEqual([3, 2, 1]);
    expect((await ada.inject({ method: 'DELETE', url })).statusCode).toBe(204);
    expect((await ada.inject({ url })).statusCode).toBe(404);
  });

  test('is seen by others as far as its owner lets them, who copy it and cannot change it', async () => {
    const { id } = await save({ sql: 'SELECT 7', name: 'Shared one' });
    const url = `/api/queries/${id}`;
    expect((await bob.inject({ url })).statusCode).toBe(404);
    await ada.inject({ method: 'PATCH', url, payload: { access: 'hub' } });
    const listed = await bob.inject({ url: '/api/queries?of=hub&search=shared' });
    expect(listed.json<{ items: SavedQuery[] }>().items).toMatchObject([{ id, can: { edit: false } }]);
    expect((await bob.inject({ method: 'PATCH', url, payload: { sql: 'SELECT 8' } })).statusCode).toBe(403);
    const copy = await bob.inject({ method: 'POST', url: `${url}/fork` });
    expect(copy.json<SavedQuery>()).toMatchObject({
      forkOf: id,
      access: 'private',
      sql: 'SELECT 7',
      can: { edit: true },
    });
  });
});

describe('an agent', () => {
  const call = async (tool: string, input: object, person = ada) =>
    (await person.inject({ method: 'POST', url: '/api/tools/call', payload: { tool, input } })).json<ToolCall>();

  test('sees the tables of the one who asks, with their columns', async () => {
    const columns = [
      { name: 'sender', type: 'VARCHAR' },
      { name: 'amount', type: 'BIGINT' },
    ];
    const listed = await call('list-tables', { name: 'Transfers' });
    expect(listed.output).toMatchObject({ tables: [{ name: 'transfers', rows: 3, columns, isSampled: false }] });
    const { tables } = listed.output as { tables: { details: object[]; samples: unknown[][] }[] };
    expect(tables[0]?.details).toContainEqual(
      expect.objectContaining({ name: 'sender', empty: 0, distinct: 2, values: ['ann', 'ben'] }),
    );
    expect(tables[0]?.samples).toHaveLength(3);
    expect(listed.textForModel).toContain('["sender","VARCHAR"]');
    const ofBob = (await call('list-tables', {}, bob)).output as { tables: { name: string }[] };
    expect(ofBob.tables.filter(({ name }) => !name.startsWith('devnet.'))).toEqual([]);
    expect(await call('list-tables', { name: 'nothing' })).toMatchObject({ isError: true });
  });

  test('finds saved queries by words of both languages: own ones, and those of the hub', async () => {
    const save = (who: typeof ada, query: object) =>
      who.inject({ method: 'POST', url: '/api/queries', payload: { sql: 'SELECT 1', ...query } });
    await save(ada, { name: 'Weekly inflows', description: '每周净流入 of stablecoins' });
    await save(bob, { name: '各链的手续费', access: 'hub' });
    await save(bob, { name: 'Inflows of Bob' });
    const find = async (words: string) =>
      ((await call('find-queries', { words })).output as { queries: { name: string; isOwn: boolean }[] }).queries;
    expect(await find('saved queries about inflow')).toMatchObject([{ name: 'Weekly inflows', isOwn: true }]);
    expect(await find('我保存的净流入查询')).toMatchObject([{ name: 'Weekly inflows' }]);
    expect(await find('手续费')).toMatchObject([{ name: '各链的手续费', isOwn: false }]);
    expect(await find('nothing like it')).toEqual([]);
    expect((await find('my saved queries')).length).toBeGreaterThan(1);
    expect((await find('我保存的查询')).length).toBeGreaterThan(1);
  });

  test('is given few rows exactly, and many as a file for the person', async () => {
    const few = await call('run-sql', {
      sql: 'SELECT sum(amount) AS total FROM transfers WHERE sender = {{who}}',
      parameters: { who: 'ann' },
    });
    expect(few.output).toMatchObject({ rows: [['40']], total: 1, reads: ['transfers'], file: null });
    const many = await call('run-sql', { sql: 'SELECT i FROM range(300) t(i)', limit: 5 });
    expect(many.output).toMatchObject({ rows: [[0], [1], [2], [3], [4]], total: 300 });
    const [artifact] = many.artifacts;
    expect(artifact).toMatchObject({ kind: 'file', table: { columns: ['i'], total: 300 } });
    const file = await ada.inject({ url: `/api/files/${artifact?.kind === 'file' ? artifact.file : ''}` });
    expect(file.body.trim().split('\n')).toHaveLength(301);
  });

  test('of somebody else reads nothing, and says what to do', async () => {
    const definition = { access: { visibility: 'hub' }, tools: [{ id: 'list-tables' }] };
    const agent = { name: 'Table reader', definition };
    const { handle } = (await ada.inject({ method: 'POST', url: '/api/agents', payload: agent })).json<{
      handle: string;
    }>();
    await ada.inject({ method: 'POST', url: `/api/agents/${handle}/publish`, payload: {} });
    await uploadDataset(bob.inject, 'ledger.csv', 'entry\n1\n');
    const ask = async (person: TestPerson) =>
      (await person.inject({ method: 'POST', url: `/api/agents/${handle}/runs`, payload: { input: 'list tables' } }))
        .body;
    expect(await ask(ada)).toContain('transfers');
    const told = await ask(bob);
    expect(told).not.toContain('ledger');
    expect(told).toContain("Only a person's own agents");
  });

  test('draws what came', async () => {
    const chart = { title: 'By sender', x: 'sender', y: ['total'] };
    const sql = 'SELECT sender, sum(amount) AS total FROM transfers GROUP BY 1';
    expect((await call('run-sql', { sql, chart })).artifacts).toMatchObject([{ kind: 'chart', title: 'By sender' }]);
  });

  test('is not let to run what is too heavy, before a person agreed', async () => {
    const sql = 'SELECT count(*) FROM range(100000) a(i), range(100000) b(j), transfers';
    const refused = await call('run-sql', { sql });
    expect([refused.isError, refused.textForModel]).toEqual([
      true,
      expect.stringMatching(/about [\d,]{10,} rows.*heavy/s),
    ]);
    const small = 'SELECT count(*) AS n FROM transfers a JOIN transfers b ON a.sender = b.sender';
    expect((await call('run-sql', { sql: small })).isError).toBe(false);
  });

  test('is told what is wrong with its SQL, and where', async () => {
    const failed = await call('run-sql', { sql: 'SELECT amuont\nFROM transfers' });
    expect([failed.isError, failed.textForModel]).toEqual([
      true,
      expect.stringMatching(/amuont.*\(line 1, column 8\)/s),
    ]);
  });
});
