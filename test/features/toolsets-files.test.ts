import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { StoredFile } from '#server/contract/file.ts';
import type { TestPerson } from '#test/support/build-test-app.ts';
import { callTool, createToolset, patchToolset } from '#test/support/hub-toolsets.ts';
import { createRunAgent, type Engine, startEngine, startRun } from '#test/support/run-engine.ts';
import { type Received, type SampleApi, startSampleApi } from '#test/support/sample-api.ts';

const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 255]);

let api: SampleApi;
let engine: Engine;

beforeAll(async () => {
  api = await startSampleApi();
  engine = await startEngine({ variables: { HUB_EGRESS_ALLOW: new URL(api.url).host } });
  const toolset = await createToolset(engine.ada, { kind: 'openapi', url: api.descriptionUrl, name: 'Desk' });
  await patchToolset(engine.ada, toolset.id, { enabled: ['body-multipart', 'body-bytes'] });
});
afterEach(() => engine.model.assertUsedUp());
afterAll(async () => {
  await engine.close();
  await api.close();
});

async function upload(name: string, bytes: Uint8Array<ArrayBuffer>, person: TestPerson = engine.ada): Promise<string> {
  const form = new FormData();
  form.append('file', new File([bytes], name));
  const carrier = new Request('http://hub', { method: 'POST', body: form });
  const response = await person.inject({
    method: 'POST',
    url: '/api/files',
    headers: { 'content-type': carrier.headers.get('content-type') ?? '' },
    payload: Buffer.from(await carrier.arrayBuffer()),
  });
  return response.json<StoredFile>().id;
}

/** As it came over the wire: what a tool says of it is cleaned of control characters. */
function lastReceived(): Received {
  const last = api.received.at(-1);
  if (last === undefined) throw new Error('Nothing came.');
  return last;
}

async function send(tool: string, input: object): Promise<Received> {
  const { body } = await callTool(engine.ada, `desk/${tool}`, input);
  if (body.isError) throw new Error(JSON.stringify(body.output));
  return lastReceived();
}

describe('an operation that wants a file', () => {
  test('is sent a stored one as it is, in its part or as the whole body', async () => {
    const file = await upload('look.png', picture);
    const { headers, body } = await send('body-multipart', { photo: { file }, more: [{ file, name: 'twice.png' }] });
    const form = await new Response(Buffer.from(body, 'latin1'), {
      headers: { 'content-type': headers['content-type'] ?? '' },
    }).formData();
    const [photo, more] = [form.get('photo') as File, form.get('more') as File];
    expect([photo.name, photo.type, more.name]).toEqual(['look.png', 'image/png', 'twice.png']);
    expect(Buffer.from(await photo.arrayBuffer())).toEqual(picture);
    expect(headers['content-length']).toBe(String(Buffer.byteLength(body, 'latin1')));
    const whole = await send('body-bytes', { body: { file } });
    expect(Buffer.from(whole.body, 'latin1')).toEqual(picture);
  });

  test('shows who tries it the file’s name, not its bytes', async () => {
    const file = await upload('look.png', picture);
    const { body } = await callTool(engine.ada, 'desk/body-bytes', { body: { file } });
    expect(body.request?.body).toBe('[look.png, 10 bytes]');
  });

  test('gets none that is someone else’s, and says which field is wrong', async () => {
    const bob = await engine.hub.createPerson();
    const file = await upload('secret.png', picture, bob);
    const before = api.requests.length;
    const { body } = await callTool(engine.ada, 'desk/body-bytes', { body: { file } });
    expect(body).toMatchObject({ isError: true, output: { code: 'validation_failed' } });
    expect(JSON.stringify(body.output)).toContain('body.file');
    expect(api.requests).toHaveLength(before);
  });

  test('is refused files of more than 50 MB together before anything is sent', async () => {
    const file = await upload('big.bin', new Uint8Array(20 * 1024 * 1024));
    const before = api.requests.length;
    const { body } = await callTool(engine.ada, 'desk/body-multipart', {
      photo: { file },
      more: [{ file }, { file }],
    });
    expect(body).toMatchObject({ isError: true, output: { code: 'payload_too_large' } });
    expect(api.requests).toHaveLength(before);
  });
});

describe('in a run', () => {
  const tools = [{ id: 'desk/body-bytes', approval: 'never' }];
  const sendFile = (file: string) => ({
    toolCalls: [{ id: 'c1', name: 'body-bytes', arguments: { body: { file } } }],
  });

  test('a file that is attached is sent by its name', async () => {
    const agent = await createRunAgent(engine.ada, { tools });
    engine.model.script(sendFile('look.png'), { text: 'Sent.' });
    const { run } = await startRun(engine.ada, agent, { input: 'Send it', files: [await upload('look.png', picture)] });
    expect(run.steps).toContainEqual(expect.objectContaining({ tool: 'desk/body-bytes', isError: false }));
    expect(Buffer.from(lastReceived().body, 'latin1')).toEqual(picture);
  });

  test('one that the agent was never given is not, also when its id is known', async () => {
    const agent = await createRunAgent(engine.ada, { tools });
    engine.model.script(sendFile(await upload('other.png', picture)), { text: 'Not sent.' });
    const { run } = await startRun(engine.ada, agent, { input: 'Send it' });
    expect(run.steps).toContainEqual(expect.objectContaining({ tool: 'desk/body-bytes', isError: true }));
  });

  test('nor a text that a guard looked at, for the service would get what was masked', async () => {
    const guards = [{ kind: 'secrets', when: 'input' }];
    const agent = await createRunAgent(engine.ada, { tools, guards });
    engine.model.script(sendFile('notes.txt'), { text: 'Not sent.' });
    const { run } = await startRun(engine.ada, agent, {
      input: 'Send it',
      files: [await upload('notes.txt', Buffer.from('Notes.'))],
    });
    expect(run.steps).toContainEqual(expect.objectContaining({ tool: 'desk/body-bytes', isError: true }));
  });
});
