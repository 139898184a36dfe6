import type { ServerResponse } from 'node:http';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Conversation } from '#server/contract/conversation.ts';
import type { StoredFile } from '#server/contract/file.ts';
import { createAgent, toUpload } from '#test/support/agent-requests.ts';
import { buildTestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { startLocalServer } from '#test/support/local-server.ts';
import {
  createRunAgent,
  type Engine,
  eventsOf,
  readEvents,
  send,
  startEngine,
  startRun,
  textOf,
  until,
  untilEnded,
} from '#test/support/run-engine.ts';

let engine: Engine;

const remove = (person: Pick<TestPerson, 'inject'>, url: string) => person.inject({ method: 'DELETE', url });
async function begin(agent: string) {
  const answer = await engine.ada.inject({ method: 'POST', url: '/api/conversations', payload: { agent } });
  expect({ status: answer.statusCode, body: answer.body }).toMatchObject({ status: 201 });
  return answer.json<Conversation>().id;
}

/** A run that has said something and goes on until it is stopped. */
async function startLong(agent: string, key = engine.key) {
  engine.model.script({ text: ['Once ', 'upon '], ending: 'open' });
  const body = { input: 'Go', stream: true };
  const response = await send({ ...engine, key }, `/api/agents/${agent}/runs`, { body });
  const run = response.headers.get('x-run-id') ?? '';
  const events = readEvents(response);
  const watched = await send(engine, `/api/runs/${run}/events`);
  const [start] = eventsOf(await readEvents(watched, (far) => textOf(far) === 'Once upon '), 'run-start');
  return { run, events, conversation: start?.conversationId ?? '' };
}
const lastEvents = async (events: ReturnType<typeof readEvents>) => (await events).slice(-2).map(({ event }) => event);
const offline = { model: { wishes: ['offline/planner'] }, tools: [{ id: 'calculator' }] };
const cancelled = [
  { type: 'error', problem: { code: 'run_cancelled' } },
  { type: 'run-end', status: 'cancelled' },
];

beforeAll(async () => {
  engine = await startEngine();
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

describe('a run under way', () => {
  test('is stopped when its conversation is deleted, and stays as a run without what it said', async () => {
    const agent = await createRunAgent(engine.ada);
    const { run, events, conversation } = await startLong(agent);
    expect((await remove(engine.ada, `/api/conversations/${conversation}`)).statusCode).toBe(204);
    expect(await lastEvents(events)).toMatchObject(cancelled);
    await until(() => engine.model.requests.at(-1)?.state === 'dropped');
    expect((await engine.ada.inject({ url: `/api/conversations/${conversation}/messages` })).statusCode).toBe(404);
    const stored = await engine.ada.inject({ url: `/api/runs/${run}` });
    expect(stored.json()).toMatchObject({ status: 'cancelled', output: '', steps: [], error: null });
    expect((await startRun(engine.ada, agent, { input: 'On', conversationId: conversation })).status).toBe(404);
  });

  test('is stopped when its agent is deleted, and goes with it', async () => {
    const agent = await createRunAgent(engine.ada);
    const { run, events, conversation } = await startLong(agent);
    expect((await remove(engine.ada, `/api/agents/${agent}`)).statusCode).toBe(204);
    expect(await lastEvents(events)).toMatchObject(cancelled);
    for (const url of [`/api/runs/${run}`, `/api/runs/${run}/events`, `/api/conversations/${conversation}`]) {
      expect((await engine.ada.inject({ url })).statusCode).toBe(404);
    }
    expect((await startRun(engine.ada, agent, { input: 'Go' })).status).toBe(404);
    expect((await engine.ada.inject({ url: '/api/conversations' })).statusCode).toBe(200);
  });

  test('that waits for approval is stopped when its agent is deleted', async () => {
    const agent = await createRunAgent(engine.ada, { tools: [{ id: 'calculator', approval: 'always' }] });
    engine.model.script({ toolCalls: [{ name: 'calculator', arguments: { expression: '1+1' } }] });
    const response = await send(engine, `/api/agents/${agent}/runs`, { body: { input: 'Go', stream: true } });
    const run = response.headers.get('x-run-id') ?? '';
    const events = readEvents(response);
    await until(async () => (await engine.ada.inject({ url: `/api/runs/${run}` })).json().status === 'waiting');
    await remove(engine.ada, `/api/agents/${agent}`);
    expect(await lastEvents(events)).toMatchObject(cancelled);
  });

  test('goes on for its person when the key that started it is deleted', async () => {
    const agent = await createRunAgent(engine.ada);
    const key = await engine.ada.createKey(['runs:write']);
    engine.model.script({ text: ['On ', 'and ', 'on.'], pieceDelayMs: 60 });
    const body = { input: 'Go', stream: true };
    const response = await send({ ...engine, key: key.key }, `/api/agents/${agent}/runs`, { body });
    const run = response.headers.get('x-run-id') ?? '';
    expect((await remove(engine.ada, `/api/keys/${key.id}`)).statusCode).toBe(204);
    expect(textOf(await readEvents(response))).toBe('On and on.');
    expect(await untilEnded(engine.ada, run)).toMatchObject({ status: 'completed', output: 'On and on.' });
    expect((await send({ ...engine, key: key.key }, `/api/runs/${run}`)).status).toBe(401);
  });

  test('ends well when its person is gone, and so do their next requests', async () => {
    const bo = await engine.hub.createPerson();
    // Their handles stay known for seconds, and the next agent must not get one of them.
    const agent = await createRunAgent(bo, {}, 'Orphan');
    const calculating = await createRunAgent(bo, offline, 'Orphan');
    expect((await startRun(bo, calculating, { input: '2 + 2' })).status).toBe(200);
    const { key } = await bo.createKey(['runs:write']);
    engine.model.script({ text: ['On ', 'and ', 'on.'], pieceDelayMs: 60 });
    const response = await send({ ...engine, key }, `/api/agents/${agent}/runs`, {
      body: { input: 'Go', stream: true },
    });
    await engine.hub.services.database.prisma.user.delete({ where: { id: bo.actor.userId } });
    expect(eventsOf(await readEvents(response), 'run-end')).toMatchObject([{ status: 'completed' }]);
    const statuses = [
      (await startRun(bo, calculating, { input: '2 + 2' })).status,
      (await bo.inject({ method: 'POST', url: '/api/agents', payload: { name: 'Ghost' } })).statusCode,
      (await bo.inject({ method: 'POST', url: '/api/files', ...toUpload(Buffer.from('boo')) })).statusCode,
      (await bo.inject({ method: 'POST', url: '/api/keys', payload: { name: 'k', scopes: ['runs:write'] } }))
        .statusCode,
      (await bo.inject({ url: '/api/conversations' })).statusCode,
    ];
    expect(statuses).toEqual([404, 404, 404, 404, 200]);
  });
});

describe('what is deleted', () => {
  test('at the same time as a run in it begins lets nobody wait', async () => {
    const held: ServerResponse[] = [];
    const provider = await startLocalServer((request, response) => {
      if (request.url === '/v1/models') held.push(response);
      else response.writeHead(401).end('{}');
    });
    const variables = { OPENAI_BASE_URL: `${provider.url}/v1`, OPENAI_API_KEY: 'sk-test' };
    const hub = await buildTestApp({ variables });
    const ada = await hub.createPerson();
    const { handle } = await createAgent(ada, { name: 'Slow' });
    const conversation = await ada.inject({ method: 'POST', url: '/api/conversations', payload: { agent: handle } });
    const { id: conversationId } = conversation.json<Conversation>();
    const started = startRun(ada, handle, { input: 'Go', conversationId });
    await until(() => held.length > 0);
    expect((await remove(ada, `/api/conversations/${conversationId}`)).statusCode).toBe(204);
    held[0]?.setHeader('content-type', 'application/json').end('{"data":[{"id":"m"}]}');
    expect((await started).run).toMatchObject({ status: 404, code: 'not_found' });
    await hub.close();
    await provider.close();
  });

  test('twice at once, or renamed meanwhile, is deleted once', async () => {
    const agent = await createRunAgent(engine.ada);
    for (let round = 0; round < 10; round += 1) {
      const url = `/api/conversations/${await begin(agent)}`;
      const rename = { method: 'PATCH' as const, url, payload: { title: 'New' } };
      const [first, second, renamed] = await Promise.all([
        remove(engine.ada, url),
        remove(engine.ada, url),
        engine.ada.inject(rename),
      ]);
      expect([first.statusCode, second.statusCode].sort()).toEqual([204, 404]);
      expect([200, 404]).toContain(renamed.statusCode);
    }
    const removals = await Promise.all([1, 2, 3].map(() => remove(engine.ada, `/api/agents/${agent}`)));
    for (const { statusCode } of removals) expect([204, 404]).toContain(statusCode);
  });

  test('by another hub a moment ago is not found', async () => {
    const agent = await createRunAgent(engine.ada, offline);
    const conversation = await begin(agent);
    await startRun(engine.ada, agent, { input: '2 + 2' });
    await engine.hub.services.database.prisma.agent.deleteMany({ where: { handle: agent } });
    const answers = [
      (await startRun(engine.ada, agent, { input: '2 + 2' })).status,
      (await engine.ada.inject({ method: 'POST', url: '/api/conversations', payload: { agent } })).statusCode,
      (await engine.ada.inject({ url: `/api/conversations/${conversation}` })).statusCode,
    ];
    expect(answers).toEqual([404, 404, 404]);
  });
});

describe('a file whose bytes are gone', () => {
  test('is not found, also where it is attached', async () => {
    const agent = await createRunAgent(engine.ada);
    const upload = toUpload(Buffer.from('Soon gone.'), { name: 'gone.txt', mediaType: 'text/plain' });
    const file = (await engine.ada.inject({ method: 'POST', url: '/api/files', ...upload })).json<StoredFile>();
    const bytes = ['files', file.sha256.slice(0, 2), file.sha256.slice(2, 4), file.sha256];
    rmSync(join(engine.hub.dataFolder, ...bytes));
    expect((await engine.ada.inject({ url: `/api/files/${file.id}` })).statusCode).toBe(404);
    expect((await startRun(engine.ada, agent, { input: 'Read.', files: [file.id], stream: true })).status).toBe(404);
  });
});
