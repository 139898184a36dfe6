import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Problem } from '#server/contract/problem.ts';
import { type Components } from '#test/support/sample-of-schema.ts';
import { wrongOf } from '#test/support/wrong-of-schema.ts';
import { addPerson, type SignedInPerson } from '#test/support/hub-people.ts';
import { buildTestApp, type TestApp } from '#test/support/build-test-app.ts';

let hub: TestApp;
let creator: SignedInPerson;

const json = 'application/json';
const megabyte = 1024 * 1024;

const Bodies = z.looseObject({
  parameters: z.array(z.looseObject({ in: z.string(), name: z.string() })).default([]),
  requestBody: z
    .object({ content: z.record(z.string(), z.object({ schema: z.custom<Components[string]>() })) })
    .optional(),
});
const BodiesDocument = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), Bodies)),
  components: z.object({ schemas: z.custom<Components>() }),
});
/** Each wrong value with each of the alternatives of a place; no place has more. */
const wrongValues = ['x', null].flatMap((wrong) =>
  Array.from({ length: 12 }, (_one, option) => [option, wrong] as const),
);

async function post(payload: string | Buffer | Readable, contentType = json) {
  const headers = { ...creator.headers, 'content-type': contentType };
  const answer = await hub.app.inject({ method: 'POST', url: '/api/keys', headers, payload });
  expect(answer.headers['content-type']).toBe('application/problem+json');
  const problem = Problem.parse(answer.json());
  expect(problem.status).toBe(answer.statusCode);
  return problem;
}

function nest(levels: number): string {
  return `{"name":${'['.repeat(levels)}${']'.repeat(levels)}}`;
}

beforeAll(async () => {
  hub = await buildTestApp();
  creator = await addPerson(hub, 'creator');
});
afterAll(() => hub.close());

describe('what bad input gets', () => {
  test.each([
    ['cut off', '{"name":', /not valid JSON: .*end/],
    ['empty', '', /empty/],
    ['no JSON at all', '{"name":=x}', /not valid JSON: .*=/],
    ['one that would change prototypes', '{"name":"x","__proto__":{"isAdmin":true}}', /"__proto__"/],
  ])('a body that is %s is a bad request, and why is said', async (_kind, body, why) => {
    const detail: unknown = expect.stringMatching(why);
    expect(await post(body)).toMatchObject({ status: 400, code: 'bad_request', detail });
  });

  test('a reader of Chinese is told in Chinese what is no JSON', async () => {
    const headers = { ...creator.headers, 'content-type': json, 'accept-language': 'zh-CN' };
    const answers = await Promise.all(
      ['{"name":', '{"name":=x}', '{'].map((payload) =>
        hub.app.inject({ method: 'POST', url: '/api/keys', headers, payload }),
      ),
    );
    expect(answers.map((answer) => Problem.parse(answer.json()).detail)).toEqual([
      '请求正文不是有效的 JSON：内容不完整。',
      '请求正文不是有效的 JSON：有意外的“=”。',
      expect.stringMatching(/^请求正文不是有效的 JSON：(内容不完整|第 2 个字符处有误)。$/),
    ]);
  });

  test('10,000 levels of JSON are refused, 100 are looked at', async () => {
    expect(await post(nest(10_000))).toMatchObject({
      status: 400,
      code: 'bad_request',
      detail: expect.stringContaining('100 levels'),
    });
    expect((await post(nest(99))).code).toBe('validation_failed');
  });

  test('of many things that are not valid the first hundred are named, and all are counted', async () => {
    const scopes = Array.from({ length: 400 }, () => 'no:scope');
    const { errors, detail } = await post(JSON.stringify({ name: 'x', scopes }));
    expect(errors).toHaveLength(100);
    expect(detail).toMatch(/^4\d\d things .* first 100 are named/);
  });

  test('brackets in a text do not count as levels', async () => {
    const body = JSON.stringify({ name: '[{"\\'.repeat(200), scopes: ['runs:write'] });
    expect((await post(body)).errors?.map(({ path }) => path)).toEqual(['body.name']);
  });

  test('a body of 50 MB is refused with the limit, also when it does not say how long it is', async () => {
    const expected = { status: 413, code: 'payload_too_large', detail: expect.stringMatching(/at most/) };
    expect(await post(Buffer.alloc(50 * megabyte, 'a'))).toMatchObject(expected);
    const chunks = Readable.from(Array.from({ length: 50 }, () => Buffer.alloc(megabyte, 'a')));
    expect(await post(chunks)).toMatchObject(expected);
  });

  test.each(['text/csv', 'text/plain', 'application/x-www-form-urlencoded'])(
    '%s is refused by its name',
    async (type) => {
      expect(await post('{"name":"x"}', type)).toMatchObject({ status: 415, detail: expect.stringContaining(type) });
    },
  );

  test('every issue is named with its path', async () => {
    const { errors } = await post('{"name":7,"scopes":["runs:write","x","y"],"agents":"none","extra":1}');
    expect(errors?.map(({ path }) => path).sort()).toEqual([
      'body.agents',
      'body.extra',
      'body.name',
      'body.scopes.1',
      'body.scopes.2',
    ]);
  });

  test('a null character in a query fails in no route', async () => {
    const { paths } = BodiesDocument.parse((await hub.app.inject('/api/openapi.json')).json());
    const asked = Object.entries(paths).flatMap(([path, { get }]) => {
      // Streams have no end.
      if (/\/(?:events|news)$/.test(path)) return [];
      const url = path.replaceAll(/\{\w+\}/g, '019a0000-0000-7000-8000-000000000000');
      const names = (get?.parameters ?? []).filter((parameter) => parameter.in === 'query').map(({ name }) => name);
      return names.map((name) => `${url}?${name}=%00x`);
    });
    expect(asked.length).toBeGreaterThan(50);
    const failed = [];
    for (const url of asked) {
      const { statusCode } = await hub.app.inject({ url, headers: creator.headers });
      if (statusCode >= 500) failed.push(`${url} ${statusCode}`);
    }
    expect(failed).toEqual([]);
  });

  test('a wrong value anywhere in any body is refused in words', async () => {
    const { paths, components } = BodiesDocument.parse((await hub.app.inject('/api/openapi.json')).json());
    const mute = new Set<string>();
    let refused = 0;
    for (const [path, operations] of Object.entries(paths)) {
      const url = path.replaceAll(/\{\w+\}/g, '019a0000-0000-7000-8000-000000000000');
      for (const [verb, { requestBody }] of Object.entries(operations)) {
        const schema = requestBody?.content[json]?.schema;
        if (schema === undefined) continue;
        const wrongs = wrongValues.map(([option, wrong]) =>
          JSON.stringify(wrongOf(schema, { components: components.schemas, option, wrong })),
        );
        for (const payload of new Set(wrongs)) {
          const method = verb.toUpperCase() as 'POST';
          const headers = { ...creator.headers, 'content-type': json };
          const answer = await hub.app.inject({ method, url, headers, payload });
          if (answer.statusCode !== 400) continue;
          refused += 1;
          const { error, errors = [] } = answer.json<Partial<Problem> & { error?: { message: string } }>();
          for (const { path: place, message } of errors) if (message === 'Invalid input') mute.add(`${path} ${place}`);
          if (/Invalid input(;|$)/.test(error?.message ?? '')) mute.add(`${path} ${error?.message}`);
        }
      }
    }
    expect(refused).toBeGreaterThan(150);
    expect([...mute]).toEqual([]);
  });

  test.each([
    ['POST', '/api/agents/helper/runs', { input: 'Hi', version: 'x' }, 'body.version'],
    ['GET', '/api/agents/helper/diff?from=x&to=draft', undefined, 'query.from'],
  ] as const)('%s %s says what a version is', async (method, url, payload, path) => {
    const request = { method, url, headers: creator.headers };
    const answer = await hub.app.inject(payload === undefined ? request : { ...request, payload });
    expect(Problem.parse(answer.json()).errors).toEqual([
      { path, message: 'Send the number of a version, or "draft".' },
    ]);
  });

  test('who is not signed in learns nothing about the body', async () => {
    const answer = await hub.app.inject({ method: 'POST', url: '/api/keys', payload: { wrong: true } });
    expect(answer.json().code).toBe('unauthenticated');
  });
});

describe('addresses', () => {
  test('an unknown one is a problem with the number of the request', async () => {
    const answer = await hub.app.inject('/api/nothing/here');
    expect(Problem.parse(answer.json())).toMatchObject({
      status: 404,
      code: 'not_found',
      requestId: expect.any(String),
    });
  });

  test('a method that a route does not have is told the ones it has', async () => {
    const answer = await hub.app.inject({ method: 'PUT', url: '/api/keys' });
    expect([answer.statusCode, answer.headers['allow']]).toEqual([405, 'GET, HEAD, POST']);
    expect((await hub.app.inject({ method: 'GET', url: '/api/keys/1' })).headers['allow']).toBe('DELETE, PATCH');
  });

  test('one that cannot be decoded is a problem too', async () => {
    const answer = await hub.app.inject('/api/keys/%E0%A4%A');
    expect(Problem.parse(answer.json()).code).toBe('bad_request');
  });
});

describe('headers', () => {
  test('a browser may run only the hub’s own scripts, and nobody may frame it', async () => {
    const { headers } = await hub.app.inject('/api/docs');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe-eval');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test('measurements are for this machine and administrators, not for what a proxy passes on', async () => {
    const here = await hub.app.inject('/metrics');
    expect(here.body).toContain('http_request_duration_seconds_bucket');
    expect((await hub.app.inject({ url: '/metrics', headers: { host: 'evil.example' } })).statusCode).toBe(401);
    expect((await hub.app.inject({ url: '/metrics', headers: { 'x-forwarded-for': '203.0.113.9' } })).statusCode).toBe(
      401,
    );
    expect((await hub.app.inject({ url: '/metrics', remoteAddress: '203.0.113.9' })).statusCode).toBe(401);
    const remote = { url: '/metrics', remoteAddress: '203.0.113.9', headers: creator.headers };
    expect((await hub.app.inject(remote)).json().code).toBe('forbidden');
  });
});

describe('under /v1, where clients of OpenAI read the answer,', () => {
  const ask = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: string, type?: string) => {
    const headers = { ...creator.headers, ...(type === undefined ? {} : { 'content-type': type }) };
    const answer = await hub.app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    return {
      status: answer.statusCode,
      allow: answer.headers['allow'],
      ...answer.json<{ error: { param: string | null; message: string } }>(),
    };
  };

  test.each([
    ['GET', '/v1'],
    ['GET', '/v1/'],
    ['GET', '/v1/nothing?here=1'],
    ['POST', '/v1/embeddings'],
    ['DELETE', `/v1/${'x'.repeat(400)}/y`],
  ] as const)('%s %s is told as an unknown address', async (method, url) => {
    expect(await ask(method, url)).toMatchObject({
      status: 404,
      error: { type: 'invalid_request_error', code: 'unknown_url', message: expect.stringContaining(method) },
    });
  });

  test('a body of any kind does not hide that an address is unknown', async () => {
    expect(await ask('POST', '/v1/audio/transcriptions', 'x', 'multipart/form-data; boundary=x')).toMatchObject({
      status: 404,
      error: { code: 'unknown_url' },
    });
  });

  test.each([
    ['PUT', '/v1/models', 'GET, HEAD'],
    ['DELETE', '/v1/models/helper', 'GET, HEAD'],
    ['GET', '/v1/chat/completions', 'POST'],
  ] as const)('%s %s is told the methods that there are', async (method, url, allow) => {
    expect(await ask(method, url)).toMatchObject({
      status: 405,
      allow,
      error: { type: 'invalid_request_error', code: 'method_not_allowed' },
    });
  });

  test.each([
    ['cannot be read', '{"model":', json, 400, 'bad_request'],
    ['is too large', `"${'x'.repeat(5 * megabyte)}"`, json, 413, 'payload_too_large'],
    ['is of another kind', 'a: 1', 'text/yaml', 415, 'unsupported_media_type'],
  ])('a body that %s is refused in the same form', async (_kind, body, type, status, code) => {
    const error = { type: 'invalid_request_error', code, param: null, message: expect.any(String) };
    expect(await ask('POST', '/v1/chat/completions', body, type)).toMatchObject({ status, error });
  });

  const otherwise = {
    'chat/completions': [
      { n: 2 },
      { logprobs: true },
      { top_logprobs: 3 },
      { logit_bias: { 50256: -100 } },
      { stop: ['\n'] },
      { modalities: ['text', 'audio'] },
      { audio: { voice: 'alloy', format: 'wav' } },
      { response_format: { type: 'json_object' } },
      { tools: [{ type: 'function', function: { name: 'mine' } }] },
      { tool_choice: 'required' },
      { functions: [{ name: 'mine' }] },
      { web_search_options: {} },
      { messages: 'Hi' },
      { messages: [{ role: 'user', content: [{ type: 'input_audio', input_audio: {} }] }] },
    ],
    responses: [
      { background: true },
      { conversation: 'conv_1' },
      { prompt: { id: 'pmpt_1' } },
      { text: { format: { type: 'json_object' } } },
      { tools: [{ type: 'web_search' }] },
      { tool_choice: { type: 'function', name: 'mine' } },
      { input: 3 },
      { input: [{ type: 'item_reference', id: 'x' }] },
    ],
  };
  test.each(Object.entries(otherwise))('what %s would answer otherwise than it was asked for', async (path, wishes) => {
    const whole = { model: 'helper', messages: [{ role: 'user', content: 'Hi' }], input: 'Hi' };
    for (const wish of wishes) {
      const [name = ''] = Object.keys(wish);
      const { status, error } = await ask('POST', `/v1/${path}`, JSON.stringify({ ...whole, ...wish }), json);
      expect([status, error.param?.split('.')[0]], name).toEqual([400, name]);
      expect(error.message).not.toMatch(/: Invalid input(;|$)/);
    }
  });

  test('an address that cannot be decoded is refused in the same form', async () => {
    expect(await ask('GET', '/v1/models/%E0%A4%A')).toMatchObject({ status: 400, error: { code: 'bad_request' } });
  });
});
