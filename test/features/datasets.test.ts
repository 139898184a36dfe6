import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Dataset, QueryTable } from '#server/contract/dataset.ts';
import type { Execution } from '#server/contract/execution.ts';
import type { Problem } from '#server/contract/problem.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { sendDataset, uploadDataset } from '#test/support/upload-dataset.ts';

let hub: TestApp;
let ada: TestPerson;
let bob: TestPerson;

beforeAll(async () => {
  hub = await buildTestApp();
  ada = await hub.createPerson();
  bob = await hub.createPerson();
});
afterAll(() => hub.close());

async function run(person: TestPerson, sql: string): Promise<Execution & { values: unknown[][] }> {
  const started = await person.inject({ method: 'POST', url: '/api/executions', payload: { sql, waitSeconds: 30 } });
  const execution = started.json<Execution>();
  const read = await person.inject({ url: `/api/executions/${execution.id}/rows` });
  return { ...execution, values: execution.state === 'completed' ? read.json<{ rows: unknown[][] }>().rows : [] };
}

const trades = `id,wei,price,day,名字
1,1000000000000000000001,0.5,2026-01-02,甲
2,2000000000000000000002,1.5,2026-01-03,"b, c"
`;

describe('a table that a person brings', () => {
  test('is named after its file, and whole numbers beyond 64 bits stay exact', async () => {
    const dataset = await uploadDataset(ada.inject, 'My Trades (1).csv', trades);
    expect(dataset).toMatchObject({
      name: 'my_trades_1',
      format: 'csv',
      rows: 2,
      columns: [
        { name: 'id', type: 'BIGINT' },
        { name: 'wei', type: 'HUGEINT' },
        { name: 'price', type: 'DOUBLE' },
        { name: 'day', type: 'DATE' },
        { name: '名字', type: 'VARCHAR' },
      ],
    });
    const { values, reads } = await run(ada, 'SELECT sum(wei), max(名字) FROM my_trades_1');
    expect(values).toEqual([['3000000000000000000003', '甲']]);
    expect(reads).toEqual([{ table: 'my_trades_1', rows: 2, range: null, asOf: dataset.updatedAt }]);
  });

  test('keeps as text what only looks like a number', async () => {
    const { columns } = await uploadDataset(ada.inject, 'codes.csv', 'address,zip,n\n0x0f,01234,1\n0x10,98765,0\n');
    expect(columns.map(({ type }) => type)).toEqual(['VARCHAR', 'VARCHAR', 'BIGINT']);
    expect((await run(ada, 'SELECT address, zip FROM codes')).values[0]).toEqual(['0x0f', '01234']);
  });

  test('may be JSON lines or tabs, and a second file of one name gets another', async () => {
    const first = await uploadDataset(
      ada.inject,
      'events.ndjson',
      '{"at":"2026-01-01T10:00:00","n":{"a":1}}\n{"at":null}\n',
    );
    const second = await uploadDataset(ada.inject, 'events.tsv', 'a\tb\n1\tx\n');
    expect([first.name, first.columns[0]?.type, second.name, second.rows]).toEqual([
      'events',
      'TIMESTAMP',
      'events_2',
      1,
    ]);
    const reserved = await uploadDataset(ada.inject, 'Order.csv', 'a\n1\n');
    expect(reserved.name).toBe('order_table');
  });

  test('takes another type for a column, or says why it does not fit and stays as it was', async () => {
    const dataset = await uploadDataset(ada.inject, 'zips.csv', 'zip,text\n1234,x\n4567,y\n');
    const url = `/api/datasets/${dataset.id}`;
    const changed = await ada.inject({
      method: 'PATCH',
      url,
      payload: { name: 'postcodes', columns: [{ name: 'zip', type: 'VARCHAR' }] },
    });
    expect(changed.json<Dataset>()).toMatchObject({ name: 'postcodes', columns: [{ type: 'VARCHAR' }, {}] });
    expect((await run(ada, 'SELECT min(zip) FROM postcodes')).values).toEqual([['1234']]);
    const refused = await ada.inject({
      method: 'PATCH',
      url,
      payload: { columns: [{ name: 'text', type: 'BIGINT' }] },
    });
    expect([refused.statusCode, refused.json<Problem>().detail]).toEqual([400, expect.stringContaining('text')]);
    expect((await ada.inject({ url })).json<Dataset>().columns[1]?.type).toBe('VARCHAR');
    const taken = await ada.inject({ method: 'PATCH', url, payload: { name: 'my_trades_1' } });
    expect(taken.statusCode).toBe(409);
  });

  test.each([
    ['UTF-16 with its mark', Buffer.from('\ufeffname,n\n价格 é,1\n', 'utf16le')],
    ['UTF-16 without it', Buffer.from('name,n\n价格 é,1\n', 'utf16le')],
    [
      'GB18030',
      Buffer.from([
        ...Buffer.from('name,n\n'),
        0xbc,
        0xdb,
        0xb8,
        0xf1,
        ...Buffer.from(' '),
        0xa8,
        0xa6,
        ...Buffer.from(',1\n'),
      ]),
    ],
    ['UTF-8', Buffer.from('name,n\n价格 é,1\n')],
  ])('is read when its text is %s', async (what, content) => {
    const { name, rows } = await uploadDataset(ada.inject, `${what.slice(0, 7)}.csv`, content);
    expect(rows).toBe(1);
    expect((await run(ada, `SELECT name, n FROM "${name}"`)).values).toEqual([['价格 é', 1]]);
  });

  test('is read when it is Western text of one byte a letter', async () => {
    const content = Buffer.from('name,n\nnée à Genève – Zürich,1\n'.replace('–', '\u0096'), 'latin1');
    const { name } = await uploadDataset(ada.inject, 'western.csv', content);
    expect((await run(ada, `SELECT name FROM "${name}"`)).values).toEqual([['née à Genève – Zürich']]);
  });

  test('is read by its mark where a byte of it is wrong, and as Chinese where some characters are rare', async () => {
    const marked = Buffer.concat([Buffer.from('\ufeffname,n\n价格 '), Buffer.from([0xff]), Buffer.from(',1\n')]);
    const { name } = await uploadDataset(ada.inject, 'marked.csv', marked);
    expect((await run(ada, `SELECT name FROM "${name}"`)).values).toEqual([['价格 \ufffd']]);
    // 朱镕基价格 in GBK: one of five characters is not in GB2312.
    const rare = Buffer.from('6e616d652c6e0ad6ece946bbf9bcdbb8f12c310a', 'hex');
    const chinese = await uploadDataset(ada.inject, 'rare.csv', rare);
    expect((await run(ada, `SELECT name FROM "${chinese.name}"`)).values).toEqual([['朱镕基价格']]);
  });

  test('that is none is refused in words, and nothing is left of it', async () => {
    const broken = await sendDataset(ada.inject, 'broken.parquet', 'PAR1 and nothing else');
    expect([broken.statusCode, broken.json<Problem>().code]).toEqual([400, 'validation_failed']);
    expect(broken.json<Problem>().detail).not.toMatch(/[/\\]/);
    const listed = await ada.inject({ url: '/api/datasets' });
    expect(listed.json<{ items: Dataset[] }>().items.map(({ name }) => name)).not.toContain('broken');
  });

  test('is seen and read by its person alone', async () => {
    const dataset = await uploadDataset(ada.inject, 'secret.csv', 'a\n42\n');
    expect((await run(bob, 'SELECT * FROM secret')).fault).toMatchObject({ kind: 'unknown_name', line: 1, column: 15 });
    const { items } = (await bob.inject({ url: '/api/tables' })).json<{ items: { name: string }[] }>();
    expect(items.map(({ name }) => name)).not.toContain('secret');
    expect((await bob.inject({ method: 'DELETE', url: `/api/datasets/${dataset.id}` })).statusCode).toBe(404);
    const { key } = await ada.createKey(['data:read', 'data:write'], []);
    expect((await hub.injectWithKey(key, { url: `/api/datasets/${dataset.id}` })).statusCode).toBe(200);
  });

  test('is gone once it is deleted', async () => {
    const dataset = await uploadDataset(ada.inject, 'gone.csv', 'a\n1\n');
    expect((await ada.inject({ method: 'DELETE', url: `/api/datasets/${dataset.id}` })).statusCode).toBe(204);
    expect((await run(ada, 'FROM gone')).fault?.kind).toBe('unknown_name');
  });

  test('keeps addresses in one way, finds and shows them in another, and says which were mistyped', async () => {
    const [vitalik, burn] = [
      '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045',
      '0x000000000000000000000000000000000000dEaD',
    ];
    const wrong = vitalik.replace('d8dA', 'd8DA');
    const note = `paid to ${vitalik.toLowerCase()}, see 0x${'ab'.repeat(32)}`;
    const rows = [
      [vitalik, burn, note],
      [wrong, 'unknown', `by ${wrong}`],
      [` ${burn.toLowerCase()}`, vitalik.toUpperCase().replace('X', 'x'), ''],
      [wrong, wrong, ''],
    ];
    const csv = `who,label,note\n${rows.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n')}\n`;
    const dataset = await uploadDataset(ada.inject, 'paid.csv', csv);
    const named = (row: number) => ({ row, address: wrong });
    const found = [
      { column: 'who', count: 2, first: [named(2), named(4)] },
      { column: 'label', count: 1, first: [named(4)] },
    ];
    expect(dataset.wrongChecksums).toEqual(found);
    const listed = await ada.inject({ url: '/api/tables' });
    expect(listed.json<{ items: QueryTable[] }>().items.find(({ name }) => name === 'paid')?.wrongChecksums).toEqual(
      found,
    );
    expect((await run(ada, `SELECT count(*) FROM paid a JOIN paid b ON a.who = b.label`)).values).toEqual([[7]]);
    expect((await run(ada, `SELECT DISTINCT who FROM paid WHERE label = '${wrong}' ORDER BY 1`)).values).toEqual([
      [burn],
      [vitalik],
    ]);
    const all = await run(ada, 'SELECT * FROM paid LIMIT 2');
    const shown = [
      [vitalik, burn, note.replace(vitalik.toLowerCase(), vitalik)],
      [vitalik, 'unknown', `by ${wrong}`],
    ];
    expect(all.values).toEqual(shown);
    const exported = await ada.inject({ url: `/api/executions/${all.id}/export?format=csv` });
    expect(exported.body).toContain(shown[0]?.[2]);
  });

  test('that was uploaded before addresses were kept so is read again by the first query of it', async () => {
    const mixed = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';
    const dataset = await uploadDataset(ada.inject, 'older.csv', `who\n${mixed}\n`);
    const old = `UPDATE datasets SET wrong_checksums = NULL, table_sha256 = 'gone' WHERE id = $1`;
    await hub.services.database.pool.query(old, [dataset.id]);
    expect((await run(ada, `SELECT who, length(who) FROM older WHERE who = lower('${mixed}')`)).values).toEqual([
      [mixed, 42],
    ]);
    expect((await ada.inject({ url: `/api/datasets/${dataset.id}` })).json<Dataset>().wrongChecksums).toEqual([]);
  });
});
