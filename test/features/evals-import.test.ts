import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EvalList } from '#server/contract/eval.ts';
import { ask, createAgent, importZip, toUpload } from '#test/support/agent-requests.ts';
import { addTest, toTest } from '#test/support/agent-tests.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';

let hub: TestApp;
let ada: TestPerson;
let bo: TestPerson;

beforeAll(async () => {
  hub = await buildTestApp();
  ada = await hub.createPerson();
  bo = await hub.createPerson();
});
afterAll(() => hub.close());

const importCsv = (agent: string, csv: string) =>
  ask<EvalList & { code?: string; errors?: { path: string; message: string }[] }>(ada, {
    method: 'POST',
    url: `/api/agents/${agent}/tests/import`,
    payload: { csv },
  });
const listTests = async (person: TestPerson, agent: string) =>
  (await ask<EvalList>(person, { url: `/api/agents/${agent}/tests` })).body.items;

describe('CSV', () => {
  test('brings questions with every kind of check', async () => {
    const { id } = await createAgent(ada);
    const csv = [
      '\ufeffname,question,needs,contains,excludes,matches,schema,calls,arguments,avoids,number,tolerance,cites,makes,rubric,variable:tone',
      'Sum,"What is 2 + 2, ""exactly""?",,4|four,5,^\\d,"{""type"":""object""}",calculator,"{""expression"":""2+2""}",chart,"1,400",0.5,*,chart,Is brief.,dry',
      '',
      ',"Two',
      'lines?",model web,yes,,,,,,,,,https://example.org/,,,',
    ].join('\r\n');
    const { status, body } = await importCsv(id, csv);
    expect(status).toBe(201);
    expect(body.items.map(({ test }) => test)).toEqual([
      {
        name: 'Sum',
        needs: [],
        input: 'What is 2 + 2, "exactly"?',
        variables: { tone: 'dry' },
        files: [],
        expect: [
          { kind: 'contains', anyOf: ['4', 'four'] },
          { kind: 'excludes', anyOf: ['5'] },
          { kind: 'matches', pattern: '^\\d', ignoreCase: true },
          { kind: 'json-schema', schema: { type: 'object' } },
          { kind: 'calls', tool: 'calculator', arguments: { expression: '2+2' } },
          { kind: 'avoids', tool: 'chart' },
          { kind: 'number', value: 1400, tolerance: 0.5 },
          { kind: 'cites' },
          { kind: 'makes', artifact: 'chart' },
          { kind: 'judge', rubric: 'Is brief.' },
        ],
      },
      {
        name: 'Two lines?',
        needs: ['model', 'web'],
        input: 'Two\nlines?',
        variables: {},
        files: [],
        expect: [
          { kind: 'contains', anyOf: ['yes'] },
          { kind: 'cites', url: 'https://example.org/' },
        ],
      },
    ]);
    expect((await listTests(ada, id)).length).toBe(2);
  });

  test('names a long question by its beginning, wherever that ends', async () => {
    const { id } = await createAgent(ada);
    const { status, body } = await importCsv(id, `question,contains\n${'x'.repeat(79)}😀 and more?,yes`);
    expect([status, body.items[0]?.test.name]).toEqual([201, `${'x'.repeat(79)}😀`]);
  });

  test('with faults brings nothing, and names every fault with its line', async () => {
    const { id } = await createAgent(ada);
    const csv = [
      'question,contains,matches,number,arguments,makes',
      'Good?,yes,,,,',
      ',yes,,,,',
      'No check?,,,,,',
      '"Two',
      'lines?",,(,ten,{,film',
      'Too,many,,,,,cells',
    ].join('\n');
    const { status, body } = await importCsv(id, csv);
    expect([status, body.code]).toEqual([400, 'validation_failed']);
    expect(body.errors?.map(({ path }) => path)).toEqual([
      'body.csv: line 3, question',
      'body.csv: line 4',
      'body.csv: line 5, arguments',
      'body.csv: line 5, number',
      'body.csv: line 7',
    ]);
    expect(await listTests(ada, id)).toEqual([]);
  });

  test.each([
    ['an unknown column', 'question,contain\nx,y', 'line 1'],
    ['a column twice', 'question,contains,contains\nx,y,z', 'line 1'],
    ['no column for the question', 'contains\ny', 'line 1'],
    ['no row', 'question,contains\n', 'line 2'],
    ['a quote that never ends', 'question,contains\nx,"y\nz,w', 'line 2'],
    ['a pattern that is none', 'question,matches\nx,(', 'line 2, matches'],
    ['an unknown need', 'question,contains,needs\nx,y,luck', 'line 2, needs'],
  ])('with %s is refused', async (_name, csv, place) => {
    const { id } = await createAgent(ada);
    const { status, body } = await importCsv(id, csv);
    expect([status, body.errors?.[0]?.path]).toEqual([400, `body.csv: ${place}`]);
  });

  test('brings no more than an agent may have', async () => {
    const { id } = await createAgent(ada);
    const rows = Array.from({ length: 60 }, (_, row) => `Question ${row},yes`);
    const csv = ['question,contains', ...rows].join('\n');
    expect((await importCsv(id, csv)).status).toBe(201);
    expect((await importCsv(id, csv)).status).toBe(409);
    expect((await listTests(ada, id)).length).toBe(60);
  });
});

describe('a package', () => {
  async function createWithFile() {
    const upload = await ask<{ id: string }>(ada, {
      method: 'POST',
      url: '/api/files',
      ...toUpload(Buffer.from('city,rain\nOslo,74\n'), { name: 'Rain of 2026.csv', mediaType: 'text/csv' }),
    });
    const agent = await createAgent(ada, {
      name: 'Rain Desk',
      definition: { access: { visibility: 'hub', licence: 'MIT' } },
    });
    const files = [{ file: upload.body.id, name: 'Rain of 2026.csv' }];
    await addTest(ada, agent.id, toTest([{ kind: 'contains', anyOf: ['74'] }], { name: 'Rain', files }));
    await addTest(ada, agent.id, toTest([{ kind: 'excludes', anyOf: ['75'] }], { name: '没有误差' }));
    return agent;
  }
  const exportZip = async (person: TestPerson, agent: string) =>
    (await person.inject({ url: `/api/agents/${agent}/export` })).rawPayload;

  test('takes tests and their files along, in their order', async () => {
    const agent = await createWithFile();
    const { status, body } = await importZip(bo, await exportZip(ada, agent.id));
    expect(status).toBe(201);
    const [rain, second] = await listTests(bo, body.id);
    expect([rain?.test.name, second?.test.name]).toEqual(['Rain', '没有误差']);
    const file = rain?.test.files[0];
    expect(file?.name).toBe('Rain of 2026.csv');
    const content = await bo.inject({ url: `/api/files/${file?.file ?? ''}` });
    expect([content.statusCode, content.body]).toEqual([200, 'city,rain\nOslo,74\n']);
  });

  test('and a copy have no tests of an agent that one may not edit', async () => {
    const agent = await createWithFile();
    await ask(ada, { method: 'POST', url: `/api/agents/${agent.id}/publish`, payload: {} });
    const imported = await importZip(bo, await exportZip(bo, agent.id));
    expect(await listTests(bo, imported.body.id)).toEqual([]);
    const copy = (person: TestPerson) =>
      ask(person, { method: 'POST', url: `/api/agents/${agent.id}/duplicate`, payload: {} });
    expect(await listTests(bo, (await copy(bo)).body.id)).toEqual([]);
    expect((await listTests(ada, (await copy(ada)).body.id)).map(({ test }) => test.files.length)).toEqual([1, 0]);
  });
});
