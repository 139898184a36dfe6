import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { StoredFile } from '#server/contract/file.ts';
import { toUpload } from '#test/support/agent-requests.ts';
import { createRunAgent, type Engine, startEngine, startRun } from '#test/support/run-engine.ts';

let engine: Engine;
let agent: string;

beforeAll(async () => {
  engine = await startEngine();
  agent = await createRunAgent(engine.ada, { tools: [{ id: 'run-code' }, { id: 'calculator' }] });
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

const call = (code: string) => ({ toolCalls: [{ name: 'run-code', arguments: { code } }] });

test('code works on all of an attached file and on earlier results; its table can be downloaded', async () => {
  // More than the model is sent of it.
  const rows = Array.from({ length: 16_000 }, (_, place) => `region ${place % 3},${place}`);
  const upload = await engine.ada.inject({
    method: 'POST',
    url: '/api/files',
    ...toUpload(Buffer.from(`region,amount\n${rows.join('\n')}\n`), { name: 'sales.csv', mediaType: 'text/csv' }),
  });
  const code = `
    const sums = {};
    const rows = files['sales.csv'].csv();
    for (const { region, amount } of rows) sums[region] = (sums[region] ?? 0) + amount;
    table(Object.entries(sums).map(([region, sum]) => ({ region, sum })), { title: 'Sums' });
    ({ rows: rows.length, isCut: files[0].isCut, earlier: results.byTool('calculator')[0].result })`;
  engine.model.script({ toolCalls: [{ name: 'calculator', arguments: { expression: '3 * 4' } }] }, call(code), {
    text: 'Done.',
  });
  const { run } = await startRun(engine.ada, agent, { input: 'Sum it.', files: [upload.json<StoredFile>().id] });
  expect(run).toMatchObject({ status: 'completed', output: 'Done.' });
  const step = run.steps.findLast(({ kind }) => kind === 'tool');
  expect(step).toMatchObject({ isError: false, output: { value: { rows: 16_000, isCut: false, earlier: '12' } } });
  const [table] = run.artifacts;
  expect(table).toMatchObject({ kind: 'file', title: 'Sums', table: { columns: ['region', 'sum'], total: 3 } });
  const file = table?.kind === 'file' ? table.file : '';
  const stored = await engine.ada.inject({ url: `/api/files/${file}` });
  expect(stored.body).toBe('\uFEFFregion,sum\r\nregion 0,42669333\r\nregion 1,42658667\r\nregion 2,42664000\r\n');
  expect(JSON.stringify(engine.model.requests.at(-1)?.body)).toContain('untrusted data');
});

test('a mistake in code is told to the model, which may try again', async () => {
  engine.model.script(call('const a = {};\na.b.c'), call('40 + 2'), { text: 'It is 42.' });
  const { run } = await startRun(engine.ada, agent, { input: 'Work.' });
  expect(run.output).toBe('It is 42.');
  expect(run.steps.filter(({ kind }) => kind === 'tool')).toMatchObject([
    { isError: true, output: { error: expect.stringMatching(/^Line 2: TypeError/) } },
    { isError: false, output: { value: 42 } },
  ]);
});
