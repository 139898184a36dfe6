import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConversationSummary, Message } from '#server/contract/conversation.ts';
import type { ConversationShare, SharedConversation } from '#server/contract/conversation-share.ts';
import type { StoredFile } from '#server/contract/file.ts';
import type { Page } from '#server/contract/page.ts';
import type { Artifact } from '#server/contract/run-event.ts';
import type { Run } from '#server/contract/run.ts';
import { publish, toUpload } from '#test/support/agent-requests.ts';
import { addTest, runTests, toTest } from '#test/support/agent-tests.ts';
import type { TestPerson } from '#test/support/build-test-app.ts';
import { createRunAgent, type Engine, startEngine, startRun, until } from '#test/support/run-engine.ts';
import { drawImage } from '#test/support/scripted-model/draw-image.ts';

let engine: Engine;
let ada: TestPerson;
let bob: TestPerson;
let agent: string;
let now = new Date('2026-11-20T10:00:00Z');

const dayMs = 24 * 60 * 60 * 1000;
const chart = { title: 'Fees', kind: 'bar', data: [{ day: 'Monday', fees: 2 }], x: 'day', y: 'fees' };

async function upload(name: string, content = Buffer.from('the notes'), mediaType = 'text/plain'): Promise<string> {
  const answer = await ada.inject({ method: 'POST', url: '/api/files', ...toUpload(content, { name, mediaType }) });
  return answer.json<StoredFile>().id;
}

const fileOf = (artifact: Artifact | undefined) => (artifact && 'file' in artifact ? artifact.file : '');

/** One turn in which the agent draws a chart. */
async function draw(more: object = {}, by = agent, person = ada): Promise<Run> {
  engine.model.script({ toolCalls: [{ name: 'chart', arguments: chart }] }, { text: ['Here | it `is`.'] });
  const { status, run } = await startRun(person, by, { input: 'Draw the *fees*', ...more });
  expect([status, run.status]).toEqual([200, 'completed']);
  return run;
}
const share = async (conversation: string | null, payload: object = {}, person = ada) =>
  person.inject({ method: 'POST', url: `/api/conversations/${conversation}/shares`, payload });
const read = async (id: string) => engine.hub.app.inject({ url: `/api/shares/${id}` });
const stored = async (run: Run) => (await ada.inject({ url: `/api/runs/${run.id}` })).json<Run>();

beforeAll(async () => {
  engine = await startEngine({ now: () => now, variables: { HUB_TITLES: 'model' } });
  ada = engine.ada;
  bob = await engine.hub.createPerson();
  agent = await createRunAgent(ada, { tools: [{ id: 'chart' }] });
});
afterAll(() => engine.close());

describe('an export', () => {
  test('is Markdown with folded steps and named files, or JSON with all of it', async () => {
    const run = await draw({ files: [await upload('my notes.txt')] });
    const url = `/api/conversations/${run.conversationId}/export`;
    const markdown = await ada.inject({ url, headers: { 'accept-language': 'zh-CN' } });
    expect(markdown.headers['content-type']).toBe('text/markdown; charset=utf-8');
    expect(markdown.headers['content-disposition']).toBe("attachment; filename*=UTF-8''Draw%20the%20fees.md");
    expect(markdown.body).toContain('文件: my notes.txt\n\nDraw the *fees*');
    expect(markdown.body).toMatch(/<details><summary>1 个步骤<\/summary>[^]*\*\*chart\*\*[^]*"fees": 2[^]*<\/details>/);
    expect(markdown.body).toContain('Here | it `is`.\n\n生成内容: Fees');
    const json = (await ada.inject({ url: `${url}?format=json` })).json<{
      conversation: ConversationSummary;
      messages: Message[];
    }>();
    expect(json.conversation.id).toBe(run.conversationId);
    expect(json.messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
    expect(json.messages[1]?.run?.artifacts).toEqual(run.artifacts);
    expect((await bob.inject({ url })).statusCode).toBe(404);
  });

  test('of an answer is a PDF with its tables, every digit of them, and its charts', async () => {
    const figure = '123456789012345678901234567890.000000000000000001';
    const table = `Two:\n\n| day | fees | more | all |\n| --- | --- | --- | --- |\n| Monday | **${figure}** | a\\|b | 2 |`;
    engine.model.script({ toolCalls: [{ name: 'chart', arguments: chart }] }, { text: [table] });
    const { run } = await startRun(ada, agent, { input: 'Draw the fees' });
    const url = `/api/runs/${run.id}/report.pdf`;
    const report = await ada.inject({ url });
    expect([report.statusCode, report.headers['content-type']]).toEqual([200, 'application/pdf']);
    const words = [...report.body.matchAll(/<([0-9a-f]+)> Tj/g)].map(([, hex = '']) =>
      Buffer.from(hex, 'hex').toString(),
    );
    expect(words.join('')).toContain(figure.slice(0, 20));
    expect(words.join('').replaceAll(/Monday|a\|b|2$/g, '')).toContain(figure.slice(-12));
    expect(words).toEqual(expect.arrayContaining(['Two:', 'a|b', 'Fees']));
    expect(report.body).toMatch(/ re\b| c\n| l\n/);
    expect((await bob.inject({ url })).statusCode).toBe(404);
  });
});

describe('a share', () => {
  test('is a frozen copy for everybody, with what was made and without what led to it', async () => {
    const file = await upload('private.txt');
    const run = await draw({ files: [file] });
    const made = (await share(run.conversationId)).json<ConversationShare>();
    engine.model.script({ text: ['Said later.'] });
    await startRun(ada, agent, { input: 'More', conversationId: run.conversationId });
    const answer = await read(made.id);
    const shared = answer.json<SharedConversation>();
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
    });
    expect(shared).toMatchObject({
      person: null,
      agent: 'Helper',
      messages: [{ role: 'user', files: [] }, { role: 'assistant' }],
    });
    expect(answer.body).not.toMatch(/Said later|private\.txt|"steps"|"reasoning"/);
    const picture = fileOf(shared.messages[1]?.artifacts[0]);
    const drawn = await engine.hub.app.inject({ url: `/api/shares/${made.id}/files/${picture}` });
    expect(drawn.headers).toMatchObject({ 'content-type': 'image/svg+xml', 'cache-control': 'no-store' });
    expect(drawn.headers['content-security-policy']).toContain('sandbox');
    expect((await engine.hub.app.inject({ url: `/api/shares/${made.id}/files/${file}` })).statusCode).toBe(404);
    expect((await engine.hub.app.inject({ url: `/api/files/${picture}` })).statusCode).toBe(401);
  });

  test('tells a name and gives files only when its person says so', async () => {
    const file = await upload('open.txt');
    const run = await draw({ files: [file] });
    const made = (await share(run.conversationId, { showsName: true, withFiles: true })).json<ConversationShare>();
    expect((await read(made.id)).json()).toMatchObject({
      person: ada.actor.name,
      messages: [{ files: [{ name: 'open.txt' }] }, {}],
    });
    const given = await engine.hub.app.inject({ url: `/api/shares/${made.id}/files/${file}` });
    expect([given.body, given.headers['content-disposition']]).toEqual([
      'the notes',
      expect.stringMatching(/^attachment/),
    ]);
  });

  test('is gone once it is revoked by its person, has expired, or its conversation is deleted', async () => {
    const { conversationId } = await draw();
    const first = (await share(conversationId)).json<ConversationShare>();
    const second = (await share(conversationId, { expiresInDays: 2 })).json<ConversationShare>();
    const third = (await share(conversationId)).json<ConversationShare>();
    const listed = await ada.inject({ url: `/api/conversation-shares?conversation=${conversationId}` });
    expect(listed.json<Page<ConversationShare>>().items).toHaveLength(3);
    expect((await bob.inject({ url: '/api/conversation-shares' })).json()).toMatchObject({ items: [] });
    const revoke = (person: TestPerson) =>
      person.inject({ method: 'DELETE', url: `/api/conversation-shares/${first.id}` });
    expect([(await revoke(bob)).statusCode, (await read(first.id)).statusCode]).toEqual([404, 200]);
    expect([(await revoke(ada)).statusCode, (await read(first.id)).statusCode]).toEqual([204, 404]);
    expect((await read(second.id)).statusCode).toBe(200);
    now = new Date(now.getTime() + 2 * dayMs);
    expect((await read(second.id)).statusCode).toBe(404);
    await engine.hub.services.shares.removeExpiredShares();
    expect((await read(third.id)).statusCode).toBe(200);
    await ada.inject({ method: 'DELETE', url: `/api/conversations/${conversationId}` });
    expect((await read(third.id)).statusCode).toBe(404);
  });

  test("is refused for somebody else's conversation, and where nothing was said", async () => {
    const { conversationId } = await draw();
    expect((await share(conversationId, {}, bob)).statusCode).toBe(404);
    const empty = (await ada.inject({ method: 'POST', url: '/api/conversations', payload: { agent } })).json<{
      id: string;
    }>();
    expect((await share(empty.id)).statusCode).toBe(409);
  });

  test('is neither made nor shown while administrators have turned sharing off', async () => {
    const { conversationId } = await draw();
    const made = (await share(conversationId)).json<ConversationShare>();
    const set = (isAllowed: boolean, person = ada) =>
      person.inject({ method: 'PUT', url: '/api/sharing-settings', payload: { isAllowed } });
    expect((await set(false, bob)).statusCode).toBe(403);
    expect((await set(false)).json()).toEqual({ isAllowed: false });
    expect([(await read(made.id)).statusCode, (await share(conversationId)).statusCode]).toEqual([404, 403]);
    await set(true);
    expect((await read(made.id)).statusCode).toBe(200);
  });
});

describe('a temporary conversation', () => {
  test('is not listed, found, filed or shared', async () => {
    const { conversationId } = await draw({ input: 'A passing quokka', temporary: true });
    const listed = (await ada.inject({ url: '/api/conversations' })).json<Page<ConversationSummary>>();
    expect(listed.items.map(({ id }) => id)).not.toContain(conversationId);
    expect((await ada.inject({ url: '/api/conversation-hits?search=quokka' })).json()).toMatchObject({ items: [] });
    expect((await ada.inject({ url: '/api/conversations?source=temporary' })).statusCode).toBe(400);
    expect((await share(conversationId)).statusCode).toBe(409);
    const url = `/api/conversations/${conversationId}`;
    expect((await ada.inject({ method: 'PATCH', url, payload: { pinned: true } })).statusCode).toBe(409);
    const again = { input: 'x', conversationId, temporary: true };
    expect((await startRun(ada, agent, again)).status).toBe(400);
  });

  test('is deleted with what was said and made in it, and its use stays counted', async () => {
    const file = await upload('passing.txt');
    const run = await draw({ temporary: true, files: [file] });
    const picture = fileOf(run.artifacts[0]);
    expect((await ada.inject({ method: 'DELETE', url: `/api/conversations/${run.conversationId}` })).statusCode).toBe(
      204,
    );
    expect((await ada.inject({ url: `/api/conversations/${run.conversationId}` })).statusCode).toBe(404);
    for (const id of [file, picture]) expect((await ada.inject({ url: `/api/files/${id}` })).statusCode).toBe(404);
    expect(await stored(run)).toMatchObject({ output: '', steps: [], artifacts: [], usage: run.usage });
  });

  test('leaves nothing of a run that was under way when it was left', async () => {
    const never = new Promise<void>(() => undefined);
    engine.model.script({ text: ['A long ', 'answer'], held: { from: 1, until: never } });
    const started = await ada.inject({
      method: 'POST',
      url: `/api/agents/${agent}/runs`,
      payload: { input: 'Take your time', temporary: true, stream: true },
      payloadAsStream: true,
    });
    const id = await until(async () => {
      const { items } = (await ada.inject({ url: '/api/runs?limit=1' })).json<Page<Run>>();
      return items[0]?.status === 'running' ? items[0] : null;
    });
    started.stream().resume();
    await ada.inject({ method: 'DELETE', url: `/api/conversations/${id.conversationId}` });
    expect(await stored(id)).toMatchObject({ status: 'cancelled', output: '', steps: [] });
  });

  test('is gone a day after its last message', async () => {
    const { conversationId } = await draw({ temporary: true });
    const remove = () => engine.hub.services.conversations.removeTemporary(new Date(now.getTime() - dayMs));
    const status = async () => (await ada.inject({ url: `/api/conversations/${conversationId}` })).statusCode;
    now = new Date(now.getTime() + dayMs - 1000);
    await remove();
    expect(await status()).toBe(200);
    now = new Date(now.getTime() + 2000);
    await remove();
    expect(await status()).toBe(404);
  });
});

describe('a deleted conversation', () => {
  const remove = async (id: string | null) =>
    expect((await ada.inject({ method: 'DELETE', url: `/api/conversations/${id}` })).statusCode).toBe(204);
  const isThere = async (id: string, person = ada) =>
    (await person.inject({ url: `/api/files/${id}` })).statusCode === 200;

  test('takes with it what was made and attached in it', async () => {
    const file = await upload('said.txt');
    const run = await draw({ files: [file] });
    const picture = fileOf(run.artifacts[0]);
    expect([await isThere(file), await isThere(picture)]).toEqual([true, true]);
    await remove(run.conversationId);
    expect([await isThere(file), await isThere(picture)]).toEqual([false, false]);
  });

  test('leaves what another conversation, an agent, a test or a fork uses, and what was there before it', async () => {
    const early = await upload('early.txt');
    now = new Date(now.getTime() + 2 * 60 * 60 * 1000);
    const [twice, asked] = [await upload('twice.txt'), await upload('asked.txt')];
    const portrait = await upload('portrait.png', Buffer.from(await drawImage(), 'base64'), 'image/png');
    const run = await draw({ files: [early, twice, asked, portrait] });
    const picture = fileOf(run.artifacts[0]);

    const other = await draw({ files: [twice] });
    const identity = { avatar: { kind: 'file', file: portrait } };
    expect(
      (await ada.inject({ method: 'POST', url: '/api/agents', payload: { name: 'P', identity } })).statusCode,
    ).toBe(201);
    const saved = {
      name: 'Asked',
      input: 'x',
      files: [{ file: asked, name: 'asked.txt' }],
      expect: [{ kind: 'calls', tool: 'chart' }],
    };
    const made = await ada.inject({ method: 'POST', url: `/api/agents/${agent}/tests`, payload: saved });
    expect(made.statusCode).toBe(201);
    const url = `/api/conversations/${run.conversationId}/fork`;
    const fork = (await ada.inject({ method: 'POST', url, payload: {} })).json<ConversationSummary>();

    await remove(run.conversationId);
    for (const id of [early, twice, asked, portrait, picture]) expect(await isThere(id)).toBe(true);
    await remove(fork.id);
    await remove(other.conversationId);
    const kept = await Promise.all([early, twice, asked, portrait, picture].map((id) => isThere(id)));
    expect(kept).toEqual([true, false, true, true, false]);
  });

  test('goes with its agent, whoever had it, and takes what only it used', async () => {
    const doomed = await createRunAgent(ada, { tools: [{ id: 'chart' }], access: { visibility: 'members' } });
    await publish(ada, doomed);
    const [only, twice] = [await upload('only.txt'), await upload('twice.txt')];
    const mine = await draw({ files: [only, twice] }, doomed);
    const theirs = await draw({}, doomed, bob);
    const kept = await draw({ files: [twice] });
    const url = `/api/conversations/${mine.conversationId}/fork`;
    expect((await ada.inject({ method: 'POST', url, payload: {} })).statusCode).toBe(201);
    expect(await isThere(fileOf(theirs.artifacts[0]), bob)).toBe(true);
    expect((await ada.inject({ method: 'DELETE', url: `/api/agents/${doomed}` })).statusCode).toBe(204);
    const gone = [only, twice, fileOf(mine.artifacts[0]), fileOf(kept.artifacts[0])].map((id) => isThere(id));
    expect(await Promise.all(gone)).toEqual([false, true, false, true]);
    expect(await isThere(fileOf(theirs.artifacts[0]), bob)).toBe(false);
  });

  test('is out of sight while a process that does not answer has its run, and goes once that has ended', async () => {
    const run = await draw();
    const shared = (await share(run.conversationId)).json<ConversationShare>();
    const { pool } = engine.hub.services.database;
    const mark = (status: string) => pool.query('UPDATE runs SET status = $2 WHERE id = $1', [run.id, status]);
    const removeLeft = () => engine.hub.services.conversations.removeTemporary(new Date(now.getTime() - dayMs));
    await mark('running');
    await remove(run.conversationId);
    await removeLeft();
    const urls = ['', '/messages', '/export'].map((part) => `/api/conversations/${run.conversationId}${part}`);
    for (const url of urls) expect((await ada.inject({ url })).statusCode).toBe(404);
    expect((await read(shared.id)).statusCode).toBe(404);
    const more = { input: 'More', conversationId: run.conversationId };
    expect((await startRun(ada, agent, more)).status).toBe(404);
    expect(await isThere(fileOf(run.artifacts[0]))).toBe(true);
    await mark('completed');
    await removeLeft();
    expect(await isThere(fileOf(run.artifacts[0]))).toBe(false);
    expect(await stored(run)).toMatchObject({ status: 'completed', output: '', steps: [] });
  });

  test('that is a preview takes its files, that of a test only once its result is gone too', async () => {
    const tested = await createRunAgent(ada, { tools: [{ id: 'chart' }] });
    await publish(ada, tested);
    const preview = await draw({ version: 'draft' }, tested);
    await addTest(ada, tested, toTest([{ kind: 'calls', tool: 'chart', arguments: {} }]));
    engine.model.script({ toolCalls: [{ name: 'chart', arguments: chart }] }, { text: 'Here it is.' });
    const { id, results } = await runTests(ada, tested);
    const test = (await ada.inject({ url: `/api/runs/${results[0]?.run}` })).json<Run>();
    const pictures = [preview, test].map(({ artifacts }) => fileOf(artifacts[0]));
    const { conversations, database } = engine.hub.services;
    const removeAll = () => conversations.removePreviews(new Date(now.getTime() + 1000));
    await removeAll();
    expect(await Promise.all(pictures.map((picture) => isThere(picture)))).toEqual([false, true]);
    await database.prisma.evalRunRow.delete({ where: { id } });
    await removeAll();
    expect(await isThere(pictures[1] ?? '')).toBe(false);
  });
});

describe('a title', () => {
  const question = 'I would like to know how the fees of this pool went in the last week, day by day.';
  const titleOf = async (id: string | null) =>
    (await ada.inject({ url: `/api/conversations/${id}` })).json<ConversationSummary>().title;

  test("is the model's after the first answer, and counted as its person's use", async () => {
    engine.model.script({ text: ['They went up.'] }, { text: ['"Fees of the pool."'] });
    const { run } = await startRun(ada, agent, { input: question });
    await until(async () => ((await titleOf(run.conversationId)) === 'Fees of the pool' ? true : null));
    const runs = (await ada.inject({ url: '/api/runs?limit=2' })).json<Page<Run>>();
    expect(runs.items.map(({ startedBy }) => startedBy.kind)).toContain('title');
    engine.model.script({ text: ['And down.'] });
    await startRun(ada, agent, { input: question, conversationId: run.conversationId });
  });

  test('that a person gave stays, and a model that fails or rambles leaves the first words', async () => {
    let tell = () => {};
    const renamed = new Promise<void>((resolve) => (tell = resolve));
    engine.model.script({ text: ['Up.'] }, { text: ['Too late'], held: { from: 0, until: renamed } });
    const asked = engine.model.requests.length;
    const { run } = await startRun(ada, agent, { input: question });
    await until(() => engine.model.requests.length === asked + 2);
    await ada.inject({ method: 'PATCH', url: `/api/conversations/${run.conversationId}`, payload: { title: 'Mine' } });
    tell();
    engine.model.script({ text: ['Up.'] }, { text: ['word '.repeat(50)] });
    const other = (await startRun(ada, agent, { input: question })).run;
    const isNamed = async () => {
      const { items } = (await ada.inject({ url: '/api/runs?limit=10' })).json<Page<Run>>();
      return items.filter(({ startedBy }) => startedBy.kind === 'title').length >= 3 ? true : null;
    };
    await until(isNamed);
    expect(await titleOf(run.conversationId)).toBe('Mine');
    expect(await titleOf(other.conversationId)).toMatch(/^I would like to know/);
  });
});
