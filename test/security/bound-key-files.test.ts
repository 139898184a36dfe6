import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Agent } from '#server/contract/agent.ts';
import type { StoredFile } from '#server/contract/file.ts';
import { toUpload } from '#test/support/agent-requests.ts';
import type { TestPerson } from '#test/support/build-test-app.ts';
import { createRunAgent, type Engine, startEngine, startRun } from '#test/support/run-engine.ts';
import { drawImage } from '#test/support/scripted-model/draw-image.ts';

type Asker = Pick<TestPerson, 'inject'>;

let engine: Engine;
let ada: TestPerson;
let agent: string;
let otherAgent: string;
/** Bound to `agent`, to `otherAgent`, and to none. */
let bound: Asker;
let otherBound: Asker;
let free: Asker;

const upload = async (asker: Asker, bytes: Uint8Array = Buffer.from('The code is 4711.'), mediaType = 'text/plain') =>
  (
    await asker.inject({ method: 'POST', url: '/api/files', ...toUpload(bytes, { name: 'a-file', mediaType }) })
  ).json<StoredFile>().id;
const uploadImage = async (asker: Asker) => upload(asker, Buffer.from(await drawImage(), 'base64'), 'image/png');
const statusOf = async (asker: Asker, file: string) => (await asker.inject({ url: `/api/files/${file}` })).statusCode;
const statusesOf = (file: string) => Promise.all([ada, free, bound, otherBound].map((asker) => statusOf(asker, file)));
const attach = async (asker: Asker, file: string, handle = agent) =>
  startRun(asker, handle, { input: 'Read it.', files: [file] });
const lastSent = () => JSON.stringify(engine.model.requests.at(-1)?.body['messages']);
const chart = {
  name: 'chart',
  arguments: { title: 'Users', data: [{ month: 'May', users: 3 }], x: 'month', y: 'users' },
};

beforeAll(async () => {
  engine = await startEngine();
  ({ ada } = engine);
  agent = await createRunAgent(ada, { tools: [{ id: 'chart' }] });
  otherAgent = await createRunAgent(ada);
  const createAsker = async (agents: string[]): Promise<Asker> => {
    const scopes = ['agents:read', 'agents:write', 'runs:write', 'conversations:read'] as const;
    const { key } = await ada.createKey([...scopes], agents);
    return { inject: (options) => engine.hub.injectWithKey(key, options) };
  };
  bound = await createAsker([agent]);
  otherBound = await createAsker([otherAgent]);
  free = await createAsker([]);
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

describe('a key that is bound to an agent', () => {
  test('neither reads nor attaches what its person uploaded in the page or with another key', async () => {
    for (const file of [await upload(ada), await upload(free), await upload(otherBound)]) {
      expect(await statusOf(bound, file)).toBe(404);
      const { status, run } = await attach(bound, file);
      expect([status, run.code]).toEqual([404, 'not_found']);
      expect(await statusOf(bound, file)).toBe(404);
      expect([await statusOf(ada, file), await statusOf(free, file)]).toEqual([200, 200]);
    }
  });

  test('reads and attaches what it uploaded itself', async () => {
    const file = await upload(bound);
    expect(await statusesOf(file)).toEqual([200, 200, 200, 404]);
    engine.model.script({ text: '4711.' });
    expect((await attach(bound, file)).run).toMatchObject({ status: 'completed' });
    expect(lastSent()).toContain('The code is 4711.');
    expect((await attach(otherBound, file, otherAgent)).status).toBe(404);
  });

  test('reads what runs of its agent made, whoever began them', async () => {
    for (const asker of [ada, free, bound]) {
      engine.model.script({ toolCalls: [chart] }, { text: 'Here.' });
      const { run } = await startRun(asker, agent, { input: 'Draw.' });
      const [made] = run.artifacts;
      const file = made?.kind === 'chart' ? made.file : '';
      expect(await statusesOf(file)).toEqual([200, 200, 200, 404]);
    }
  });

  test('uses what is attached in a conversation of its agent, and goes on with it', async () => {
    const file = await upload(ada);
    engine.model.script({ text: 'Read.' }, { text: 'Read again.' });
    const first = await attach(ada, file);
    expect(await statusesOf(file)).toEqual([200, 200, 200, 404]);
    const { conversationId } = first.run;
    const next = await startRun(bound, agent, { input: 'And?', conversationId, files: [file] });
    expect(next.run.status).toBe('completed');
    expect(lastSent().split('The code is 4711.')).toHaveLength(3);
  });

  test('is not given a file by a request that was refused', async () => {
    const [readable, unreadable] = [await upload(ada), await upload(ada, Buffer.from([0, 1, 2]))];
    const payload = { input: 'Go', files: [readable, unreadable] };
    expect((await startRun(ada, agent, payload)).status).toBe(415);
    expect(await statusesOf(readable)).toEqual([200, 200, 404, 404]);
  });

  test('shows its agent a picture through the OpenAI door', async () => {
    engine.model.script({ text: 'Blue.' });
    const url = `data:image/png;base64,${await drawImage()}`;
    const content = [{ type: 'image_url', image_url: { url } }];
    const payload = { model: agent, messages: [{ role: 'user', content }] };
    const answer = await bound.inject({ method: 'POST', url: '/v1/chat/completions', payload });
    expect(answer.statusCode).toBe(200);
    expect(lastSent()).toContain(await drawImage());
  });
});

describe('an avatar', () => {
  const setAvatar = (asker: Asker, file: string) => patch(asker, { identity: { avatar: { kind: 'file', file } } });
  async function patch(asker: Asker, { identity, ...changes }: { identity?: object; instructions?: string }) {
    const { definition } = (await ada.inject({ url: `/api/agents/${agent}` })).json<Agent>();
    const whole = { ...(identity === undefined ? {} : { identity: { ...definition.identity, ...identity } }) };
    const answer = await asker.inject({
      method: 'PATCH',
      url: `/api/agents/${agent}/draft`,
      headers: { 'if-match': '*' },
      payload: { ...changes, ...whole },
    });
    return answer.statusCode;
  }

  test('is no way for a bound key to another picture of its person', async () => {
    const picture = await uploadImage(ada);
    expect(await setAvatar(bound, picture)).toBe(400);
    expect(await setAvatar(bound, await uploadImage(bound))).toBe(200);
    expect(await setAvatar(free, picture)).toBe(200);
  });

  test('that its person chose stays while a bound key changes something else', async () => {
    expect(await setAvatar(ada, await uploadImage(ada))).toBe(200);
    expect(await patch(bound, { instructions: 'Be brief.' })).toBe(200);
    expect(await patch(bound, { identity: { tagline: 'New' } })).toBe(200);
    expect((await bound.inject({ url: `/api/agents/${agent}/avatar` })).statusCode).toBe(200);
  });
});
