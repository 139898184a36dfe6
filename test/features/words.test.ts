import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Execution } from '#server/contract/execution.ts';
import type { Toolset } from '#server/contract/toolset.ts';
import { buildTestApp, type TestApp } from '#test/support/build-test-app.ts';
import { addKey, addPerson, type SignedInPerson } from '#test/support/hub-people.ts';
import { createToolset } from '#test/support/hub-toolsets.ts';
import { readProblem } from '#test/support/read-problem.ts';

let hub: TestApp;
let ada: SignedInPerson;
let key: string;

beforeAll(async () => {
  hub = await buildTestApp();
  ada = await addPerson(hub, 'creator');
  key = (await addKey(ada, { scopes: ['agents:read'] })).key;
});
afterAll(() => hub.close());

const isChinese = (text: string) => /\p{Script=Han}/u.test(text);
const chinese = { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' };
const form = (name: string, file: string | null = null) => ({
  headers: { 'content-type': 'multipart/form-data; boundary=x' },
  payload: `--x\r\ncontent-disposition: form-data; name="${name}"${file === null ? '' : `; filename="${file}"`}\r\n\r\nx\r\n--x--\r\n`,
});
const json = (payload: object | string) => ({ headers: { 'content-type': 'application/json' }, payload });

test.each([
  ['an address without anything', { url: '/api/nothing' }],
  ['a method that it does not take', { method: 'PUT', url: '/api/agents' }],
  ['a body that is no JSON', { method: 'POST', url: '/api/agents', ...json('{') }],
  ['a null character', { method: 'POST', url: '/api/agents', ...json('{"a":"\\u0000"}') }],
  [
    'another kind of body',
    { method: 'POST', url: '/api/agents', headers: { 'content-type': 'text/css' }, payload: 'a' },
  ],
  ['a list’s cursor of nowhere', { url: '/api/agents?cursor=x' }],
  ['what only administrators do', { url: '/api/people' }],
  ['a form without its file', { method: 'POST', url: '/api/files', ...form('file') }],
  ['a package that is no zip', { method: 'POST', url: '/api/agents/import', ...form('file', 'it.zip') }],
  ['an empty span of time', { url: '/api/usage?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z' }],
  ['a web page as a description', { method: 'POST', url: '/api/toolsets', ...json({ kind: 'openapi', text: '<p>' }) }],
  ['Swagger 2', { method: 'POST', url: '/api/toolsets', ...json({ kind: 'openapi', text: '{"swagger":"2.0"}' }) }],
  ['a time of a trigger', { method: 'POST', url: '/api/triggers', ...json({ schedule: { cron: '61 * * * *' } }) }],
])(
  '%s is refused in Chinese, with every issue',
  async (_what, { headers = {}, ...request }: object & { headers?: object }) => {
    const answer = await ada.inject({ ...request, headers: { ...headers, ...chinese } });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    const { detail, errors = [] } = readProblem(answer);
    expect([detail, ...errors.map(({ message }) => message)].filter((words) => !isChinese(words))).toEqual([]);
  },
);

test('a key’s scope that is missing is told in Chinese, and in English to software that names no language', async () => {
  const read = (headers: object) =>
    hub.app.inject({ url: '/api/triggers', headers: { authorization: `Bearer ${key}`, ...headers } });
  expect(readProblem(await read(chinese)).detail).toContain('此 API 密钥没有');
  expect(readProblem(await read({})).detail).toContain('This API key lacks the scope');
});

test('what is kept of a failure is there in both languages', async () => {
  const text = JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Pets', version: '1' },
    servers: [{ url: 'https://pets.example' }],
    paths: {
      '/pets': { trace: {}, get: { operationId: 'list' } },
      '/lost': { get: { parameters: [{ $ref: '#/no' }] } },
    },
  });
  const { skipped } = await createToolset(ada, { kind: 'openapi', text });
  expect(skipped.map(({ reason, words }) => [words?.en === reason, isChinese(words?.zh ?? '')])).toEqual([
    [true, true],
    [true, true],
  ]);
  const url = 'https://mcp.example.invalid/mcp';
  const credential = { kind: 'authorization-code' };
  const { id } = await createToolset(ada, { kind: 'mcp', name: 'Away', url, credential });
  await ada.inject({ method: 'POST', url: `/api/toolsets/${id}/load`, payload: {} });
  const { problem, problemWords } = (await ada.inject({ url: `/api/toolsets/${id}` })).json<Toolset>();
  expect(problemWords).toEqual({ en: problem, zh: expect.stringMatching(/\p{Script=Han}/u) });

  const payload = { sql: 'DELETE FROM transfers', waitSeconds: 30 };
  const { fault } = (await ada.inject({ method: 'POST', url: '/api/executions', payload })).json<Execution>();
  expect(fault?.words).toEqual({ en: fault?.message, zh: expect.stringContaining('只能运行读取数据的语句') });
});
