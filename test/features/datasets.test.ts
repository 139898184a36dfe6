import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Dataset } from '#server/contract/dataset.ts';
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

  test('that is none is refused in words, and nothing is left of it', async () => {
    const broken = await sendDataset(ada.inject, 'broken.parquet', 'PAR1 and nothing else');
    expect([broken.statusCode, broken.json<Problem>().code]).toEqual([400, 'validation_failed']);
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
});
