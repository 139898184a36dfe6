import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Conversation, Message } from '#server/contract/conversation.ts';
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
const newest = async (conversation: string | null) => (await listMessages(conversation)).at(-1);
const show = (conversation: string | null, leafMessageId: string) =>
  engine.ada.inject({ method: 'PATCH', url: `/api/conversations/${conversation}`, payload: { leafMessageId } });
/** What has an answer given again. */
const again = async ({ conversationId }: Run, more: object = {}) => {
  const parentMessageId = (await newest(conversationId))?.parentId;
  return { conversationId, parentMessageId, ...more };
};
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

describe('an answer that is given again', () => {
  test('stands beside the earlier one, and the model sees the question once', async () => {
    engine.model.script({ text: 'First.' }, { text: 'Second.' }, { text: 'Better.' });
    const first = await ask({ input: 'one' });
    const { conversationId } = first;
    const second = await ask({ input: 'two', conversationId });
    const earlier = await newest(conversationId);
    const better = await ask(await again(second));
    expect(better).toMatchObject({ conversationId, output: 'Better.' });
    expect(lastSent().slice(1)).toEqual([
      { role: 'user', content: 'one' },
      { role: 'assistant', content: 'First.' },
      { role: 'user', content: 'two' },
    ]);
    const messages = await listMessages(conversationId);
    expect(messages.map(({ content }) => content)).toEqual(['one', 'First.', 'two', 'Better.']);
    expect([messages[1]?.run?.id, messages[3]?.run?.id]).toEqual([first.id, better.id]);
    const old = await engine.ada.inject({ url: `/api/runs/${second.id}` });
    expect(old.json()).toMatchObject({ status: 'completed', output: 'Second.' });
    expect(messages.map(({ siblings: { number, count } }) => `${number}/${count}`)).toEqual([
      '1/1',
      '1/1',
      '1/1',
      '2/2',
    ]);
    expect(messages.at(-1)?.siblings).toMatchObject({ previous: earlier?.id, next: null });
    expect(messages.map(({ parentId }) => parentId)).toEqual([null, ...messages.slice(0, -1).map(({ id }) => id)]);
  });

  test('leaves the earlier one shown where its process dies, and can be asked for once more', async () => {
    engine.model.script({ text: 'First.' });
    const first = await ask({ input: 'one' });
    const { conversationId } = first;
    const held = hold();
    engine.model.script({ text: ['Lost', '.'], held: { from: 1, until: held.until } });
    const { pool } = engine.hub.services.database;
    const lost = startRun(engine.ada, agent, await again(first)).catch(() => null);
    await expect.poll(async () => (await pool.query("SELECT FROM runs WHERE status = 'running'")).rowCount).toBe(1);
    expect((await newest(conversationId))?.role).toBe('user');
    await pool.query("UPDATE runs SET instance_id = 'gone' WHERE status = 'running'");
    await engine.hub.services.instance.begin();
    expect(await newest(conversationId)).toMatchObject({ content: 'First.', run: { id: first.id } });
    held.release();
    await lost;
    engine.model.script({ text: 'Second.' });
    expect(await ask(await again(first))).toMatchObject({ output: 'Second.' });
    expect((await newest(conversationId))?.content).toBe('Second.');
  });

  test('is shown again when the person goes back, and the conversation goes on from there', async () => {
    engine.model.script({ text: 'First.' }, { text: 'Other.' }, { text: 'On.' });
    const run = await ask({ input: 'one' });
    const first = await newest(run.conversationId);
    await ask(await again(run));
    const shown = await show(run.conversationId, first?.id ?? '');
    expect(shown.json()).toMatchObject({ leafMessageId: first?.id });
    expect((await listMessages(run.conversationId)).map(({ content }) => content)).toEqual(['one', 'First.']);
    await ask({ input: 'two', conversationId: run.conversationId });
    expect(
      lastSent()
        .map(({ content }) => content)
        .slice(1),
    ).toEqual(['one', 'First.', 'two']);
  });

  test('brings the files of its question again', async () => {
    const upload = toUpload(Buffer.from('The code is 4711.'), { name: 'code.txt', mediaType: 'text/plain' });
    const file = (await engine.ada.inject({ method: 'POST', url: '/api/files', ...upload })).json<StoredFile>();
    engine.model.script({ text: 'Hm.' }, { text: '4711.' });
    const first = await ask({ input: 'Which code?', files: [file.id] });
    await ask(await again(first));
    expect(lastSent().at(-1)?.content).toContain('The code is 4711.');
    const [question] = await listMessages(first.conversationId);
    expect(question?.files).toMatchObject([{ id: file.id, name: 'code.txt' }]);
  });

  test('can be one that failed or was given again already', async () => {
    engine.model.script({ text: ['Half ', 'of ', 'it ', 'all'], ending: 'cut' }, { status: 401 }, { text: 'Whole.' });
    const failed = await ask({ input: 'one' });
    const failedAgain = await ask(await again(failed));
    const third = await ask(await again(failedAgain));
    expect(third).toMatchObject({ status: 'completed', output: 'Whole.' });
    const messages = await listMessages(third.conversationId);
    expect(messages.map(({ content, siblings }) => [content, siblings.count])).toEqual([
      ['one', 1],
      ['Whole.', 3],
    ]);
  });

  test('comes from the version and the model that are asked for', async () => {
    const { inject } = engine.ada;
    const changed = await createRunAgent(engine.ada, { instructions: 'First edition.' });
    await inject({ method: 'POST', url: `/api/agents/${changed}/publish`, payload: {} });
    engine.model.script({ text: 'One.' }, { text: 'Two.' });
    const { run } = await startRun(engine.ada, changed, { input: 'Hi' });
    const url = `/api/agents/${changed}/draft`;
    const payload = { instructions: 'Second edition.' };
    await inject({ method: 'PATCH', url, headers: { 'if-match': '*' }, payload });
    const model = `${run.model.split('/')[0]}/another`;
    const other = await startRun(engine.ada, changed, await again(run, { version: 'draft', model }));
    expect([run.version, other.run.version, other.run.model]).toEqual([1, null, model]);
    expect(lastSent()[0]?.content).toContain('Second edition.');
    expect(engine.model.requests.at(-1)?.body['model']).toBe('another');
    const unknown = await startRun(engine.ada, changed, await again(run, { model: 'nobody/knows' }));
    expect([unknown.status, unknown.run.code]).toEqual([400, 'validation_failed']);
  });
});

describe('a message that is written anew', () => {
  test('is a branch: the model sees nothing of the other, and both can be gone back to', async () => {
    engine.model.script({ text: 'Berlin.' }, { text: 'Old.' }, { text: 'Paris.' }, { text: 'New.' });
    const { conversationId } = await ask({ input: 'Germany?' });
    await ask({ input: 'How old?', conversationId });
    await ask({ input: 'France?', conversationId, parentMessageId: null });
    expect(
      lastSent()
        .map(({ content }) => content)
        .slice(1),
    ).toEqual(['France?']);
    const [france] = await listMessages(conversationId);
    expect(france?.siblings).toMatchObject({ number: 2, count: 2, next: null });
    await show(conversationId, france?.siblings.previous ?? '');
    const germany = await listMessages(conversationId);
    expect(germany.map(({ content }) => content)).toEqual(['Germany?', 'Berlin.', 'How old?', 'Old.']);
    await ask({ input: 'How new?', conversationId, parentMessageId: germany[1]?.id });
    expect(
      lastSent()
        .map(({ content }) => content)
        .slice(1),
    ).toEqual(['Germany?', 'Berlin.', 'How new?']);
    expect((await newest(conversationId))?.content).toBe('New.');
  });

  test('is read page by page along its own branch', async () => {
    engine.model.script({ text: 'a' }, { text: 'b' }, { text: 'c' });
    const { conversationId } = await ask({ input: 'one' });
    await ask({ input: 'two', conversationId });
    const [, , two] = await listMessages(conversationId);
    await ask({ input: 'three', conversationId, parentMessageId: two?.parentId });
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const url = `/api/conversations/${conversationId}/messages?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const page: Page<Message> = (await engine.ada.inject({ url })).json();
      seen.push(...page.items.map(({ content }) => content));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(['c', 'three', 'a', 'one']);
  });
});

describe('an answer that was cut off', () => {
  test('is gone on with, and is one answer to the model from then on', async () => {
    engine.model.script({ text: 'One, two,', finishReason: 'length' }, { text: ' three.' }, { text: 'Six.' });
    const { conversationId } = await ask({ input: 'Count.' });
    await ask({ conversationId, parentMessageId: (await newest(conversationId))?.id });
    expect(lastSent().slice(1)).toMatchObject([
      { role: 'user', content: 'Count.' },
      { role: 'assistant', content: 'One, two,' },
      { role: 'user', content: expect.stringContaining('Go on exactly where it stops') as string },
    ]);
    expect((await listMessages(conversationId)).map(({ content }) => content)).toEqual([
      'Count.',
      'One, two,',
      ' three.',
    ]);
    await ask({ input: 'And?', conversationId });
    expect(lastSent().slice(1)).toEqual([
      { role: 'user', content: 'Count.' },
      { role: 'assistant', content: 'One, two, three.' },
      { role: 'user', content: 'And?' },
    ]);
    const whole = await startRun(engine.ada, agent, {
      conversationId,
      parentMessageId: (await newest(conversationId))?.id,
    });
    expect([whole.status, whole.run.code]).toEqual([409, 'conflict']);
  });
});

describe('a conversation that is forked', () => {
  const fork = (conversation: string | null, messageId?: string) =>
    engine.ada.inject({ method: 'POST', url: `/api/conversations/${conversation}/fork`, payload: { messageId } });

  test('takes the branch up to a message along, with its files and runs, and goes its own way', async () => {
    engine.model.script({ text: 'First.' }, { text: 'Second.' }, { text: 'Third.' });
    const first = await ask({ input: 'one' });
    const { conversationId } = first;
    await ask({ input: 'two', conversationId });
    const [, answer] = await listMessages(conversationId);
    const forked = await fork(conversationId, answer?.id);
    expect(forked.statusCode).toBe(201);
    const { id, title, forkedFromId } = forked.json<Conversation>();
    expect([title, forkedFromId]).toEqual(['one', conversationId]);
    await ask({ input: 'three', conversationId: id });
    expect(
      lastSent()
        .map(({ content }) => content)
        .slice(1),
    ).toEqual(['one', 'First.', 'three']);
    const messages = await listMessages(id);
    expect(messages.map(({ content }) => content)).toEqual(['one', 'First.', 'three', 'Third.']);
    expect(messages[1]?.run?.id).toBe(first.id);
    const remove = (conversation: string | null) =>
      engine.ada.inject({ method: 'DELETE', url: `/api/conversations/${conversation}` });
    const outputs = async () => {
      const runs = messages.flatMap(({ role, run }) => (role === 'assistant' && run !== null ? [run.id] : []));
      const stored = runs.map(async (run) => (await engine.ada.inject({ url: `/api/runs/${run}` })).json<Run>().output);
      return Promise.all(stored);
    };
    await remove(conversationId);
    expect(await listMessages(id)).toHaveLength(4);
    expect(await outputs()).toEqual(['First.', 'Third.']);
    await remove(id);
    expect(await outputs()).toEqual(['', '']);
  });

  test('is whole without a message, and is nobody else’s', async () => {
    engine.model.script({ text: 'First.' });
    const { conversationId } = await ask({ input: 'one' });
    const whole = (await fork(conversationId)).json<Conversation>();
    expect(await listMessages(whole.id)).toHaveLength(2);
    expect((await fork(conversationId, (await newest(whole.id))?.id)).statusCode).toBe(404);
    const bo = await engine.hub.createPerson();
    const url = `/api/conversations/${conversationId}/fork`;
    expect((await bo.inject({ method: 'POST', url, payload: {} })).statusCode).toBe(404);
  });
});

describe('a branch that cannot be', () => {
  test('has a message that is not there, is someone else’s, or another conversation’s', async () => {
    engine.model.script({ text: 'Mine.' }, { text: 'Other.' });
    const { conversationId } = await ask({ input: 'one' });
    const parentMessageId = (await newest(conversationId))?.parentId;
    const second = await ask({ input: 'two' });
    const bo = await engine.hub.createPerson();
    const theirs = await createRunAgent(bo);
    const other = await createRunAgent(engine.ada);
    const answers = [
      await startRun(engine.ada, agent, { conversationId, parentMessageId: 'never' }),
      await startRun(engine.ada, agent, { conversationId: second.conversationId, parentMessageId }),
      await startRun(bo, theirs, { conversationId, parentMessageId }),
      await startRun(engine.ada, other, { conversationId, parentMessageId }),
      await startRun(engine.ada, agent, { parentMessageId }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 409, 400]);
    expect((await show(second.conversationId, parentMessageId ?? '')).statusCode).toBe(404);
    const foreign = `/api/conversations/${second.conversationId}/messages?cursor=${parentMessageId}`;
    expect((await engine.ada.inject({ url: foreign })).json<Page<Message>>().items).toEqual([]);
  });

  test('is under way already, or another answer is', async () => {
    const first = hold();
    engine.model.script({ text: ['Slow ', 'but ', 'sure.'], held: { from: 1, until: first.until } });
    const response = await send(engine, `/api/agents/${agent}/runs`, { body: { input: 'one', stream: true } });
    const id = response.headers.get('x-run-id') ?? '';
    const { conversationId } = (await engine.ada.inject({ url: `/api/runs/${id}` })).json<Run>();
    const parentMessageId = (await newest(conversationId))?.id;
    expect((await startRun(engine.ada, agent, { conversationId, parentMessageId })).status).toBe(409);
    expect((await show(conversationId, parentMessageId ?? '')).statusCode).toBe(409);
    first.release();
    await response.text();
    const second = hold();
    engine.model.script({ text: ['An', 'ew.'], held: { from: 1, until: second.until } });
    let refused = 0;
    const raced = await Promise.all(
      [1, 2, 3].map(async () => {
        const started = await startRun(engine.ada, agent, { conversationId, parentMessageId });
        if (started.status === 409 && ++refused === 2) second.release();
        return started;
      }),
    );
    expect(raced.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect((await listMessages(conversationId)).map(({ content }) => content)).toEqual(['one', 'Anew.']);
  });
});
