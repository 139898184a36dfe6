import { extractText } from 'unpdf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '#server/contract/run.ts';
import type { ListedTool } from '#server/contract/tool.ts';
import { findSchemaIssues } from '#server/find-schema-issues.ts';
import { toSchemaWords } from '#server/schema-issue-words.ts';
import { ask, createAgent } from '#test/support/agent-requests.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';

let hub: TestApp;
let ada: TestPerson;

beforeAll(async () => {
  hub = await buildTestApp();
  ada = await hub.createPerson();
});
afterAll(() => hub.close());

describe('the catalogue of tools', () => {
  test('lists each tool with its schemas, in both languages', async () => {
    const { items } = (await ada.inject({ method: 'GET', url: '/api/tools' })).json<{ items: ListedTool[] }>();
    expect(items.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['calculator', 'time', 'read-web-page', 'chart', 'token-balance', 'explain-transaction']),
    );
    expect(items.filter(({ onlyInRuns }) => onlyInRuns !== null).map(({ id }) => id)).toEqual(['ask-form']);
    for (const { title, description, inputSchema } of items) {
      expect([title.en, title.zh, description.en, description.zh].every((text) => text !== '')).toBe(true);
      expect(inputSchema['type']).toBe('object');
    }
  });

  test('keeps which tools are a person’s favourites, and nobody else’s', async () => {
    const grace = await hub.createPerson();
    const favouritesOf = async (person: TestPerson) =>
      (await person.inject({ method: 'GET', url: '/api/tools' }))
        .json<{ items: ListedTool[] }>()
        .items.flatMap(({ id, isFavourite }) => (isFavourite ? [id] : []));
    const keep = async (payload: object) =>
      (await ada.inject({ method: 'PUT', url: '/api/tools/favourites', payload })).statusCode;
    expect(await keep({ tool: 'time', isFavourite: true })).toBe(204);
    expect(await keep({ tool: 'time', isFavourite: true })).toBe(204);
    expect(await keep({ tool: 'calculator', isFavourite: true })).toBe(204);
    expect((await favouritesOf(ada)).sort()).toEqual(['calculator', 'time']);
    expect(await favouritesOf(grace)).toEqual([]);
    expect(await keep({ tool: 'time', isFavourite: false })).toBe(204);
    expect(await favouritesOf(ada)).toEqual(['calculator']);
    expect(await keep({ tool: 'no/such_tool', isFavourite: true })).toBe(404);
    expect(await keep({ tool: 'time' })).toBe(400);
  });

  test('is for people who are signed in, and for keys that may read agents', async () => {
    expect((await hub.app.inject({ method: 'GET', url: '/api/tools' })).statusCode).toBe(401);
    const { key } = await ada.createKey(['runs:write']);
    const refused = await hub.injectWithKey(key, { method: 'GET', url: '/api/tools' });
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([403, 'insufficient_scope']);
  });
});

describe('a call on paper', () => {
  const report = (tool: string, input: object) =>
    ada.inject({ method: 'POST', url: '/api/tools/report', payload: { tool, input } });

  test('has what the tool brought, its charts and its sources', async () => {
    const rows = Array.from({ length: 40 }, (_, index) => ({ day: index, price: 100 + (index % 7) }));
    const answer = await report('indicators', { rows, number_column: 'price', time_column: 'day' });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/pdf']);
    const { text } = await extractText(new Uint8Array(answer.rawPayload), { mergePages: true });
    for (const words of ['RSI', 'moving averages', 'It is no advice']) expect(text).toContain(words);
  }, 60_000);

  test('is refused for a tool that changes something, and says what a tool failed with', async () => {
    const refused = await report('create-alert', {});
    expect(refused.json()).toMatchObject({ status: 400, code: 'validation_failed' });
    expect((await report('calculator', { expression: '1 / 0' })).json()).toMatchObject({ status: 400 });
    expect((await report('no-such-tool', {})).statusCode).toBe(404);
  });
});

describe('a reader of Chinese', () => {
  const headers = { 'accept-language': 'zh-CN' };

  test('reads why a call by hand failed, place by place', async () => {
    const call = async (tool: string, input: object) =>
      (await ada.inject({ method: 'POST', url: '/api/tools/call', headers, payload: { tool, input } })).json<{
        isError: boolean;
        output: { error: string; issues: object[] };
      }>();
    expect((await call('calculator', { expression: '1 / 0' })).output).toEqual({
      error: '不能除以零。',
      code: 'validation_failed',
      issues: [{ path: 'expression', message: '不能除以零。' }],
    });
    const { output } = await call('calculator', { expression: 5 });
    expect(output.error).toMatch(/^输入无效。expression：/);
    expect(output.issues).toEqual([{ path: 'expression', message: expect.stringMatching(/期望 string/) as string }]);
    expect((await call('chart', { title: '图', kind: 'bar', data: [{ a: 1 }], x: 'b', y: 'a' })).output.error).toBe(
      '没有列“b”；现有的列：a。',
    );
    expect((await call('no-such-tool', {})) as object).toMatchObject({
      detail: expect.stringMatching(/^没有工具/) as string,
    });
  });

  test('reads it in the step of a chat and in the answer', async () => {
    const agent = await createAgent(ada, { name: '计算台', definition: { tools: [{ id: 'calculator' }] } });
    const url = `/api/agents/${agent.handle}/runs`;
    const payload = { input: '计算 sqrt(-4)', stream: false };
    const { body } = await ask<Run>(ada, { method: 'POST', url, payload });
    const step = body.steps.find((one) => one.kind === 'tool');
    expect(step).toMatchObject({ isError: true, output: { error: '负数的偶次方根不是实数。' } });
    expect(body.output).toContain('没有成功：负数的偶次方根不是实数。');
  });
});

test('each failure of a JSON schema has Chinese words', () => {
  const said = [
    ...findSchemaIssues(
      { text: 'abc', count: 20, list: [1, 1, 1], kind: 'z', more: 1 },
      {
        type: 'object',
        properties: {
          text: { type: 'string', maxLength: 2, format: 'email' },
          count: { type: 'integer', maximum: 9, multipleOf: 3 },
          list: { type: 'array', maxItems: 2, uniqueItems: true, items: { type: 'string' } },
          kind: { enum: ['a', 'b'] },
        },
        required: ['name'],
        additionalProperties: false,
      },
      '',
    ),
  ].map(({ message }) => toSchemaWords(message));
  expect(said.length).toBeGreaterThan(8);
  expect(said.filter(({ en, zh }) => en === zh)).toEqual([]);
});
