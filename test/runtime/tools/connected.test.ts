import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '#server/contract/json.ts';
import type { OpenApiDescription } from '#server/contract/openapi-operation.ts';
import { createEgress, type Egress } from '#server/platform/egress/create-egress.ts';
import { createOpenApiReader } from '#server/platform/openapi/openapi-reader.ts';
import { callOperation } from '#server/runtime/tools/connected/call-operation.ts';
import { createConnectedTool } from '#server/runtime/tools/connected-tool.ts';
import type { SendToService } from '#server/runtime/tools/connected/service-request.ts';
import { callTool, createFileKeeper } from '#test/support/call-tool.ts';
import { type Received, sampleCredentials, type SampleApi, startSampleApi } from '#test/support/sample-api.ts';
import { workersFolder } from '#test/support/prepared-folder.ts';

const color = { one: 'blue', list: ['blue', 'black', 'brown'], members: { R: 100, G: 200, B: 150 } };
const signal = new AbortController().signal;

let api: SampleApi;
let egress: Egress;
let description: OpenApiDescription;
let send: SendToService;

beforeAll(async () => {
  api = await startSampleApi();
  egress = createEgress({ allowed: [api.entry] });
  send = ({ url, body, ...request }, options) =>
    egress.fetch(url, { ...request, ...(body === null ? {} : { body }), ...options });
  const reader = createOpenApiReader({
    workerFile: new URL('openapi-worker.js', workersFolder),
    fetch: egress.fetch,
  });
  description = await reader.read({ url: api.descriptionUrl }, { signal });
  await reader.close();
});
afterAll(async () => {
  await egress.close();
  await api.close();
});

type Options = Partial<Parameters<typeof callOperation>[0]>;

function findOperation(name: string) {
  const operation = description.operations.find((one) => one.name === name);
  if (operation === undefined) throw new Error(`There is no operation ${name}.`);
  return operation;
}

async function call(name: string, input: JsonObject = {}, options: Options = {}) {
  const operation = findOperation(name);
  const { output } = await callOperation({ operation, serverUrl: api.serverUrl, input, send, signal, ...options });
  return output;
}

/** As the runtime calls it: with the input checked first. */
async function callChecked(name: string, input: JsonObject) {
  const { inputSchema, effect } = findOperation(name);
  const tool = createConnectedTool({
    ...{
      id: `desk/${name}`,
      toolset: { id: 'desk', name: 'Desk', needsSignIn: false },
      title: name,
      description: '',
      effect,
      inputSchema,
    },
    call: (checked) =>
      callOperation({ operation: findOperation(name), serverUrl: api.serverUrl, input: checked, send, signal }),
  });
  return (await callTool(tool, input)).output as JsonObject;
}

async function receive(name: string, input: JsonObject = {}): Promise<Received> {
  return (await call(name, input))['body'] as Received;
}

const refusal = (code: string, message: RegExp) => ({ code, message: expect.stringMatching(message) });

test('all 60 operations can be called, at the server that the description names', () => {
  expect(description.operations).toHaveLength(60);
  expect(description.skipped).toEqual([]);
  expect(description.servers).toEqual([api.serverUrl]);
});

describe('a parameter', () => {
  test.each([
    ['path-simple-one', '/blue'],
    ['path-simple-list', '/blue,black,brown'],
    ['path-simple-list-explode', '/blue,black,brown'],
    ['path-simple-members', '/R,100,G,200,B,150'],
    ['path-simple-members-explode', '/R=100,G=200,B=150'],
    ['path-label-one', '/.blue'],
    ['path-label-list', '/.blue,black,brown'],
    ['path-label-list-explode', '/.blue.black.brown'],
    ['path-label-members', '/.R,100,G,200,B,150'],
    ['path-label-members-explode', '/.R=100.G=200.B=150'],
    ['path-matrix-one', '/;color=blue'],
    ['path-matrix-list', '/;color=blue,black,brown'],
    ['path-matrix-list-explode', '/;color=blue;color=black;color=brown'],
    ['path-matrix-members', '/;color=R,100,G,200,B,150'],
    ['path-matrix-members-explode', '/;R=100;G=200;B=150'],
    ['query-form-one', '?color=blue'],
    ['query-form-list', '?color=blue,black,brown'],
    ['query-form-list-explode', '?color=blue&color=black&color=brown'],
    ['query-form-members', '?color=R,100,G,200,B,150'],
    ['query-form-members-explode', '?R=100&G=200&B=150'],
    ['query-spaceDelimited-list', '?color=blue%20black%20brown'],
    ['query-pipeDelimited-list', '?color=blue%7Cblack%7Cbrown'],
    ['query-pipeDelimited-members', '?color=R%7C100%7CG%7C200%7CB%7C150'],
    ['query-deepObject-members-explode', '?color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150'],
    ['header-simple-one', 'blue'],
    ['header-simple-list', 'blue,black,brown'],
    ['header-simple-members', 'R,100,G,200,B,150'],
    ['header-simple-members-explode', 'R=100,G=200,B=150'],
    ['cookie-form-one', 'color=blue'],
    ['cookie-form-list', 'color=blue,black,brown'],
  ])('%s travels as %s', async (id, written) => {
    const [where = '', , shape = ''] = id.split('-');
    const template = `/styles/${id}${where === 'path' ? '/{color}' : ''}`;
    const operation = description.operations.find((one) => one.path === template);
    const { path, query, headers } = await receive(operation?.name ?? '', {
      color: color[shape as keyof typeof color],
    });
    if (where === 'path') expect(path).toBe(`/v1/styles/${id}${written}`);
    else if (where === 'query') expect(`?${query}`).toBe(written);
    else expect(headers[where === 'header' ? 'color' : 'cookie']).toBe(written);
  });

  test('keeps to its place: separators in a value are encoded', async () => {
    const nasty = '&a=1#?/+ ,%2F你';
    const encoded = '%26a%3D1%23%3F%2F%2B%20%2C%252F%E4%BD%A0';
    expect((await receive('query-form-one', { color: nasty })).query).toBe(`color=${encoded}`);
    expect((await receive('path-simple-one', { color: nasty })).path).toBe(`/v1/styles/path-simple-one/${encoded}`);
    expect((await receive('cookie-form-one', { color: 'a; b=c' })).headers['cookie']).toBe('color=a%3B%20b%3Dc');
  });

  test('with a name that no tool may have, with content, and with reserved characters', async () => {
    const { inputSchema } = findOperation('list_items');
    expect(Object.keys(inputSchema['properties'] ?? {})).toEqual(['filter_name', 'where', 'next']);
    const { query } = await receive('list_items', { filter_name: 'a', where: { a: [1] }, next: '/a?b@c:d&e#f' });
    expect(query).toBe('filter%5Bname%5D=a&where=%7B%22a%22%3A%5B1%5D%7D&next=/a?b@c:d%26e%23f');
  });

  test.each(['.', '..', '%2e%2E', '../../admin', '..\\admin'])('"%s" does not climb out of the path', async (id) => {
    const before = api.requests.length;
    const outcome = await receive('remove_item', { id }).catch((error: unknown) => error);
    if (api.requests.length === before) expect(outcome).toMatchObject(refusal('validation_failed', /"\." or "\.\."/));
    else expect((outcome as Received).path).toBe(`/v1/items/${encodeURIComponent(id)}`);
  });

  test('of a path may not be empty, for that would be another operation', async () => {
    await expect(receive('remove_item', { id: '' })).rejects.toMatchObject(refusal('validation_failed', /empty/));
    await expect(receive('path-label-one', { color: '' })).rejects.toMatchObject(refusal('validation_failed', /empty/));
  });

  test.each(['a\r\nx-evil: 1', 'a\n', '你', '\u0000'])('of a header cannot be %j', async (value) => {
    await expect(receive('header-simple-one', { color: value })).rejects.toMatchObject(
      refusal('validation_failed', /color: A header may hold only/),
    );
  });

  test('that does not fit the schema is refused before anything is sent, and says where', async () => {
    const before = api.requests.length;
    expect(await callChecked('query-form-list', { color: 'blue', other: 1 })).toMatchObject({
      code: 'validation_failed',
      issues: expect.arrayContaining([expect.objectContaining({ path: 'color' })]),
    });
    expect(api.requests).toHaveLength(before);
  });
});

describe('a body', () => {
  test('of JSON is made of the properties that belong to it, and nothing else', async () => {
    const received = await receive('replace_item', { id: '7', name: 'in query', body_name: 'Box', price: null });
    expect(received).toMatchObject({ method: 'PUT', path: '/v1/items/7', query: 'name=in%20query' });
    expect(JSON.parse(received.body)).toEqual({ name: 'Box', price: null });
    expect(received.headers['content-type']).toBe('application/json');
  });

  test('that is a choice is one property, whose alternatives know their names', async () => {
    const { body } = await receive('body-choice', { body: { kind: 'circle', radius: 2 } });
    expect(JSON.parse(body)).toEqual({ kind: 'circle', radius: 2 });
    expect(await callChecked('body-choice', { body: { kind: 'triangle' } })).toMatchObject({
      code: 'validation_failed',
    });
  });

  test('that may be left out is left out', async () => {
    const { headers, body } = await receive('body-patch');
    expect([headers['content-type'], body]).toEqual([undefined, '']);
    const given = await receive('body-patch', { body: { a: null } });
    expect([given.headers['content-type'], given.body]).toEqual(['application/merge-patch+json', '{"a":null}']);
  });

  test('of a form is encoded, as the description says', async () => {
    const input = { name: 'a&b=c', tags: ['x', 'y'], address: { city: '北' } };
    const usual = await receive('body-form', input);
    expect(usual.body).toBe('name=a%26b%3Dc&tags=x&tags=y&address=%7B%22city%22%3A%22%E5%8C%97%22%7D');
    expect(usual.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect((await receive('body-deep-form', input)).body).toBe('name=a%26b%3Dc&tags=x,y&address%5Bcity%5D=%E5%8C%97');
  });

  test('of several parts is read by another implementation as it was meant', async () => {
    const { headers, body } = await receive('body-multipart', {
      name: 'Box\r\n--x',
      tags: ['x', 'y'],
      address: { city: 'Bath' },
      photo: { name: 'a"b\r\n.png', base64: 'iVBORwD/' },
      more: [{ text: 'notes', name: 'notes.txt' }],
    });
    const type = headers['content-type'] ?? '';
    const form = await new Response(Buffer.from(body, 'latin1'), { headers: { 'content-type': type } }).formData();
    const photo = form.get('photo') as File;
    expect([form.get('name'), form.getAll('tags')]).toEqual(['Box\r\n--x', ['x', 'y']]);
    expect(form.get('address')).toBe('{"city":"Bath"}');
    expect([photo.type, Buffer.from(await photo.arrayBuffer()).toString('hex')]).toEqual(['image/png', '89504e4700ff']);
    expect(body).toContain('filename="a%22b%0D%0A.png"');
    expect((form.get('more') as File).name).toBe('notes.txt');
  });

  test('of text and of bytes goes as it is', async () => {
    expect(Buffer.from((await receive('body-text', { body: 'Grüße' })).body, 'latin1').toString()).toBe('Grüße');
    const bytes = await receive('body-bytes', { body: { base64: 'iVBORwD/' } });
    expect(Buffer.from(bytes.body, 'latin1').toString('hex')).toBe('89504e4700ff');
    await expect(receive('body-bytes', { body: { base64: 'not base64!' } })).rejects.toMatchObject(
      refusal('validation_failed', /no base64/),
    );
  });
});

describe('an answer', () => {
  test('is its status and its body; a moved one is followed', async () => {
    expect(await call('answer-moved')).toMatchObject({ status: 200, body: { path: '/v1/items/7' } });
    expect(await call('answer-empty')).toEqual({ status: 204, body: null });
    expect(await call('check_item', { id: '1' })).toEqual({ status: 200, body: null });
    expect(await call('answer-text')).toEqual({ status: 200, body: '你好' });
    expect(await call('answer-garbage')).toEqual({ status: 200, body: '{"unfinished": ' });
  });

  test('that is nested without end is text', async () => {
    expect((await call('answer-deep'))['body']).toMatch(/^\[{1000}/);
  });

  test('that is neither text nor JSON is a file for the person where there is a place, else described', async () => {
    const { storeFile, files } = createFileKeeper();
    expect(await call('answer-picture')).toEqual({
      ...{ status: 200, body: null },
      file: { mediaType: 'image/png', bytes: 6 },
    });
    const operation = findOperation('answer-picture');
    const kept = await callOperation({ operation, serverUrl: api.serverUrl, input: {}, send, signal, storeFile });
    expect(kept.output).toMatchObject({ file: { id: 'file-1' } });
    expect(kept.artifacts).toMatchObject([{ kind: 'image', file: 'file-1', mediaType: 'image/png' }]);
    expect(files).toMatchObject([{ name: 'answer-picture.png', mediaType: 'image/png' }]);
  });

  test.each([
    [400, 'validation_failed'],
    [401, 'unavailable'],
    [404, 'unavailable'],
    [422, 'validation_failed'],
    [429, 'rate_limited'],
    [500, 'unavailable'],
  ])('of status %i is a failure of the call with its beginning', async (status, code) => {
    const failure: unknown = await call('answer-status', { status }).catch((error: unknown) => error);
    expect(failure).toMatchObject(
      refusal(
        code,
        new RegExp(`GET /answers/status/\\{status\\} answered with status ${status}: .*This is a ${status}`),
      ),
    );
    expect((failure as Error).message.length).toBeLessThan(2_200);
    expect((failure as Error).message).not.toContain('\u202e');
    expect(failure).toHaveProperty('retryAfterSeconds', status === 429 ? 7 : undefined);
  });

  test('that is huge, never comes, or leads inside ends within its limits', async () => {
    await expect(call('answer-huge')).rejects.toMatchObject({ code: 'payload_too_large' });
    await expect(call('answer-slow', {}, { timeoutMs: 50 })).rejects.toMatchObject(refusal('unavailable', /too long/));
    await expect(call('answer-moved-inside')).rejects.toMatchObject({ code: 'egress_refused' });
    const stop = new AbortController();
    const waiting = call('answer-slow', {}, { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });

  test('of a service that wants credentials comes when its sender adds them', async () => {
    const withHeader = (name: string, value: string): Options => ({
      send: (request, options) => send({ ...request, headers: { ...request.headers, [name]: value } }, options),
    });
    const { key, token, user, password } = sampleCredentials;
    const basic = Buffer.from(`${user}:${password}`).toString('base64');
    await expect(call('sign-in-bearer')).rejects.toMatchObject(refusal('unavailable', /401: .*Sign in first/));
    for (const [scheme, name, value] of [
      ['key-header', 'X-Sample-Key', key],
      ['key-cookie', 'cookie', `sample_key=${key}`],
      ['bearer', 'authorization', `Bearer ${token}`],
      ['basic', 'authorization', `Basic ${basic}`],
    ] as const) {
      expect(await call(`sign-in-${scheme}`, {}, withHeader(name, value))).toMatchObject({ status: 200 });
    }
  });
});
