import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '#server/contract/conversation.ts';
import type { StoredFile } from '#server/contract/file.ts';
import type { Page } from '#server/contract/page.ts';
import type { Run } from '#server/contract/run.ts';
import { toUpload } from '#test/support/agent-requests.ts';
import { createRunAgent, type Engine, send, startEngine, startRun } from '#test/support/run-engine.ts';

let engine: Engine;
let agent: string;

const lastSent = () => engine.model.requests.at(-1)?.body['messages'] as { role: string; content: string }[];
const listMessages = async (conversation: string | null) =>
  (await engine.ada.inject({ url: `/api/conversations/${conversation}/messages` }))
    .json<Page<Message>>()
    .items.toReversed();
const ask = async (payload: object): Promise<Run> => {
  const { status, run } = await startRun(engine.ada, agent, payload);
  expect(status).toBe(200);
  return run;
};

beforeAll(async () => {
  engine = await startEngine();
  agent = await createRunAgent(engine.ada);
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

/** What a scripted model waits for. */
function hold() {
  let release = () => {};
  const until = new Promise<void>((resolve) => (release = resolve));
  return { until, release: () => release() };
}

describe('a repeated run', () => {
  test('replaces the reply, and the model sees the question once', async () => {
    engine.model.script({ text: 'First.' }, { text: 'Second.' }, { text: 'Better.' });
    const first = await ask({ input: 'one' });
    const second = await ask({ input: 'two', conversationId: first.conversationId });
    const again = await ask({ repeat: second.id });
    expect(again).toMatchObject({ conversationId: first.conversationId, output: 'Better.' });
    expect(again.id).not.toBe(second.id);
    expect(lastSent().slice(1)).toEqual([
      { role: 'user', content: 'one' },
      { role: 'assistant', content: 'First.' },
      { role: 'user', content: 'two' },
    ]);
    const messages = await listMessages(first.conversationId);
    expect(messages.map(({ content, run }) => [content, run?.id])).toEqual([
      ['one', first.id],
      ['First.', first.id],
      ['two', again.id],
      ['Better.', again.id],
    ]);
    const old = await engine.ada.inject({ url: `/api/runs/${second.id}` });
    expect(old.json()).toMatchObject({ status: 'completed', output: 'Second.' });
  });

  test('brings the files of its message again', async () => {
    const upload = toUpload(Buffer.from('The code is 4711.'), { name: 'code.txt', mediaType: 'text/plain' });
    const file = (await engine.ada.inject({ method: 'POST', url: '/api/files', ...upload })).json<StoredFile>();
    engine.model.script({ text: 'Hm.' }, { text: '4711.' });
    const first = await ask({ input: 'Which code?', files: [file.id] });
    const again = await ask({ repeat: first.id });
    expect(lastSent().at(-1)?.content).toContain('The code is 4711.');
    const [question] = await listMessages(again.conversationId);
    expect(question?.files).toMatchObject([{ id: file.id, name: 'code.txt' }]);
  });

  test('can be one that failed, was cancelled or was repeated already', async () => {
    engine.model.script({ text: ['Half ', 'of ', 'it ', 'all'], ending: 'cut' }, { status: 401 }, { text: 'Whole.' });
    const failed = await ask({ input: 'one' });
    const failedAgain = await ask({ repeat: failed.id });
    const third = await ask({ repeat: failedAgain.id });
    expect(third).toMatchObject({ status: 'completed', output: 'Whole.' });
    expect((await listMessages(third.conversationId)).map(({ content }) => content)).toEqual(['one', 'Whole.']);
  });

  test('answers with the version that it asks for', async () => {
    const { inject } = engine.ada;
    const changed = await createRunAgent(engine.ada, { instructions: 'First edition.' });
    await inject({ method: 'POST', url: `/api/agents/${changed}/publish`, payload: {} });
    engine.model.script({ text: 'One.' }, { text: 'Two.' });
    const { run } = await startRun(engine.ada, changed, { input: 'Hi' });
    const url = `/api/agents/${changed}/draft`;
    const payload = { instructions: 'Second edition.' };
    await inject({ method: 'PATCH', url, headers: { 'if-match': '*' }, payload });
    const again = await startRun(engine.ada, changed, { repeat: run.id, version: 'draft' });
    expect([run.version, again.run.version]).toEqual([1, null]);
    expect(lastSent()[0]?.content).toContain('Second edition.');
  });
});

describe('a run that cannot be repeated', () => {
  test('is not the newest of its conversation', async () => {
    engine.model.script({ text: 'First.' }, { text: 'Second.' });
    const first = await ask({ input: 'one' });
    await ask({ input: 'two', conversationId: first.conversationId });
    const { status, run } = await startRun(engine.ada, agent, { repeat: first.id });
    expect([status, run.code]).toEqual([409, 'conflict']);
    expect(await listMessages(first.conversationId)).toHaveLength(4);
  });

  test('is not there, is someone else’s, or is another agent’s', async () => {
    engine.model.script({ text: 'Mine.' });
    const { id } = await ask({ input: 'one' });
    const bo = await engine.hub.createPerson();
    const theirs = await createRunAgent(bo);
    const other = await createRunAgent(engine.ada);
    const answers = [
      await startRun(engine.ada, agent, { repeat: 'never' }),
      await startRun(bo, theirs, { repeat: id }),
      await startRun(engine.ada, other, { repeat: id }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 409]);
  });

  test('lost its conversation', async () => {
    engine.model.script({ text: 'Mine.' });
    const { id, conversationId } = await ask({ input: 'one' });
    await engine.ada.inject({ method: 'DELETE', url: `/api/conversations/${conversationId}` });
    expect((await startRun(engine.ada, agent, { repeat: id })).status).toBe(404);
    expect((await engine.ada.inject({ url: `/api/runs/${id}` })).json()).toMatchObject({ output: 'Mine.' });
  });

  test('is under way, or is being repeated', async () => {
    const first = hold();
    engine.model.script({ text: ['Slow ', 'but ', 'sure.'], held: { from: 1, until: first.until } });
    const response = await send(engine, `/api/agents/${agent}/runs`, { body: { input: 'one', stream: true } });
    const id = response.headers.get('x-run-id') ?? '';
    expect((await startRun(engine.ada, agent, { repeat: id })).status).toBe(409);
    first.release();
    await response.text();
    const second = hold();
    engine.model.script({ text: ['An', 'ew.'], held: { from: 1, until: second.until } });
    let refused = 0;
    const raced = await Promise.all(
      [1, 2, 3].map(async () => {
        const started = await startRun(engine.ada, agent, { repeat: id });
        if (started.status === 409 && ++refused === 2) second.release();
        return started;
      }),
    );
    expect(raced.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const conversation = raced.find(({ status }) => status === 200)?.run.conversationId ?? null;
    expect((await listMessages(conversation)).map(({ content }) => content)).toEqual(['one', 'Anew.']);
  });
});
