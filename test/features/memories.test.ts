import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Memory, MemoryExport } from '#server/contract/memory.ts';
import type { Page } from '#server/contract/page.ts';
import type { Problem } from '#server/contract/problem.ts';
import type { UsageReport } from '#server/contract/usage-report.ts';
import { ask, createAgent, publish } from '#test/support/agent-requests.ts';
import type { TestPerson } from '#test/support/build-test-app.ts';
import { createRunAgent, type Engine, send, startEngine, startRun } from '#test/support/run-engine.ts';

let engine: Engine;
let bob: TestPerson;
let clock = new Date('2026-03-20T12:00:00Z');
const passMinutes = (minutes: number) => (clock = new Date(clock.getTime() + minutes * 60_000));

const onHub = { access: { visibility: 'hub' } };
const remember = (fact: string, more: object = {}) => ({
  toolCalls: [{ name: 'remember', arguments: { fact, ...more } }],
});

async function createRemembering(memory: object = { kind: 'person', summarise: false }, more: object = {}) {
  const handle = await createRunAgent(engine.ada, { memory, ...onHub, ...more });
  await publish(engine.ada, handle);
  return handle;
}

/** One turn in which the model says what the script holds. */
async function talk(
  person: TestPerson,
  agent: string,
  payload: object,
  ...replies: Parameters<Engine['model']['script']>
) {
  engine.model.script(...replies);
  const { run } = await startRun(person, agent, payload);
  expect(run).toMatchObject({ status: 'completed' });
  return run;
}

const list = async (person: TestPerson, agent: string, query = '') =>
  (await ask<Page<Memory>>(person, { url: `/api/memories?agent=${agent}${query}` })).body.items;
const texts = async (person: TestPerson, agent: string) => (await list(person, agent)).map(({ text }) => text);
const post = (person: TestPerson, agent: string, text: string) =>
  ask<Memory & Problem>(person, { method: 'POST', url: '/api/memories', payload: { agent, text } });

type Sent = { messages: { role: string; content: string }[]; tools?: { function: { name: string } }[] };
const lastSent = () => engine.model.requests.at(-1)?.body as Sent;
const instructions = () => lastSent().messages[0]?.content ?? '';
const offered = () => (lastSent().tools ?? []).map((tool) => tool.function.name);

beforeAll(async () => {
  engine = await startEngine({ now: () => clock });
  bob = await engine.hub.createPerson();
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

describe('a fact that an agent keeps', () => {
  test('is told in the next conversation of the person, and never to another', async () => {
    const agent = await createRemembering();
    const run = await talk(engine.ada, agent, { input: 'I live in Oslo.' }, remember('Lives in\nOslo\u202e.'), {
      text: 'Noted.',
    });
    const [fact] = await list(engine.ada, agent);
    expect(fact).toMatchObject({ text: 'Lives in Oslo.', createdBy: 'tool', kind: 'person', agent: { handle: agent } });
    const messages = await ask<Page<{ id: string; role: string }>>(engine.ada, {
      url: `/api/conversations/${run.conversationId}/messages`,
    });
    const said = messages.body.items.find(({ role }) => role === 'user');
    expect(fact?.source).toEqual({ conversation: run.conversationId, title: 'I live in Oslo.', message: said?.id });

    await talk(engine.ada, agent, { input: 'Weather?' }, { text: 'Cold.' });
    expect(instructions()).toMatch(/\[untrusted data \w+ from memory[^\n]*\n1\. Lives in Oslo\.\n\[end of untrusted/);
    // Word for word the same in the next one, after all that does not change: providers keep what they have read.
    const first = instructions();
    expect(first.slice(first.indexOf('Today is'))).toContain('[untrusted data');
    await talk(engine.ada, agent, { input: 'And now?' }, { text: 'Colder.' });
    expect(instructions()).toBe(first);
    expect(offered()).toEqual(['remember', 'forget']);
    await talk(bob, agent, { input: 'Weather?' }, { text: 'Where?' });
    expect(JSON.stringify(lastSent())).not.toContain('Oslo');
    expect(await list(bob, agent)).toEqual([]);
  });

  test('is corrected and forgotten by its number', async () => {
    const agent = await createRemembering();
    await talk(engine.ada, agent, { input: 'Tea, please.' }, remember('Drinks tea.'), { text: 'Tea.' });
    const [tea] = await list(engine.ada, agent);
    const coffee = remember('Drinks coffee.', { replaces: 1 });
    const run = await talk(engine.ada, agent, { input: 'Coffee now.' }, coffee, { text: 'Coffee.' });
    expect(run.steps.find((step) => step.kind === 'tool')).toMatchObject({
      intent: 'Remembering: Drinks coffee.',
      output: { memory: tea?.id, before: 'Drinks tea.', isNew: false },
    });
    expect(await texts(engine.ada, agent)).toEqual(['Drinks coffee.']);
    const forget = { toolCalls: [{ name: 'forget', arguments: { number: 1 } }] };
    await talk(engine.ada, agent, { input: 'Forget that.' }, forget, { text: 'Gone.' });
    expect(await texts(engine.ada, agent)).toEqual([]);
  });

  test('outlives its conversation, and no longer names it', async () => {
    const agent = await createRemembering();
    const run = await talk(engine.ada, agent, { input: 'I paint.' }, remember('Paints.'), { text: 'Nice.' });
    await ask(engine.ada, { method: 'DELETE', url: `/api/conversations/${run.conversationId}` });
    expect(await list(engine.ada, agent)).toMatchObject([{ text: 'Paints.', source: null }]);
  });

  test('makes room for a newer one, but not where the person wrote it', async () => {
    const agent = await createRemembering({ kind: 'person', summarise: false, maximumFacts: 2 });
    await post(engine.ada, agent, 'Written by hand.');
    const both = { toolCalls: [...remember('First.').toolCalls, ...remember('Second.').toolCalls] };
    await talk(engine.ada, agent, { input: 'Two things.' }, both, { text: 'Kept.' });
    expect((await texts(engine.ada, agent)).length).toBe(2);
    await talk(engine.ada, agent, { input: 'A third.' }, remember('Third.'), { text: 'Kept.' });
    expect(await texts(engine.ada, agent)).toEqual(['Third.', 'Written by hand.']);
    const [third] = await list(engine.ada, agent);
    await ask(engine.ada, { method: 'PATCH', url: `/api/memories/${third?.id}`, payload: { text: 'Third, by me.' } });
    const run = await talk(engine.ada, agent, { input: 'A fourth.' }, remember('Fourth.'), { text: 'Full.' });
    expect(run.steps.find((step) => step.kind === 'tool')).toMatchObject({
      isError: true,
      output: { code: 'conflict' },
    });
    expect(await post(engine.ada, agent, 'Fifth.')).toMatchObject({ status: 409, body: { code: 'conflict' } });
  });

  test('is kept without a language model only where the person plainly asks', async () => {
    const agent = await createRemembering(
      { kind: 'person' },
      { model: { wishes: ['offline/planner'] }, tools: [{ id: 'calculator' }] },
    );
    const { run } = await startRun(engine.ada, agent, { input: '请记住：我用公制单位' });
    expect(run.output).toBe('我记住了：我用公制单位');
    await startRun(engine.ada, agent, { input: 'Remember that I file taxes in May.' });
    const sum = await startRun(engine.ada, agent, { input: 'What is 2 + 2? I remember it was 4.' });
    expect(sum.run.output).toContain('4');
    expect(await texts(engine.ada, agent)).toEqual(['I file taxes in May.', '我用公制单位']);
    passMinutes(60);
    await engine.hub.services.memories.readQuiet();
    expect((await list(engine.ada, agent)).length).toBe(2);
  });
});

describe('nothing is kept', () => {
  test('by an agent whose memory is off, and by hand neither', async () => {
    const agent = await createRemembering({ kind: 'off' });
    await talk(engine.ada, agent, { input: 'I live in Oslo.' }, { text: 'Nice.' });
    expect(offered()).toEqual([]);
    expect((await post(engine.ada, agent, 'Lives in Oslo.')).status).toBe(409);
  });

  test('by a preview, which is told what is remembered', async () => {
    const agent = await createRemembering();
    await post(engine.ada, agent, 'Lives in Oslo.');
    await talk(engine.ada, agent, { input: 'Hello', version: 'draft' }, { text: 'Hello.' });
    expect(instructions()).toContain('Lives in Oslo.');
    expect(offered()).toEqual([]);
  });

  test('nor told through a key that does not ask for it, through the OpenAI door, or where the person wants none', async () => {
    const agent = await createRemembering();
    await post(engine.ada, agent, 'Lives in Oslo.');
    const runs = `/api/agents/${agent}/runs`;
    engine.model.script({ text: '1' }, { text: '2' }, { text: '3' }, { text: '4' });
    await send(engine, runs, { body: { input: 'Hello' } });
    expect(instructions()).not.toContain('Oslo');
    await send(engine, '/v1/chat/completions', {
      body: { model: agent, messages: [{ role: 'user', content: 'Hello' }] },
    });
    expect(instructions()).not.toContain('Oslo');
    await startRun(engine.ada, agent, { input: 'Hello', memory: false });
    expect(instructions()).not.toContain('Oslo');
    await send(engine, runs, { body: { input: 'Hello', memory: true } });
    expect(instructions()).toContain('Oslo');
    expect(offered()).toEqual(['remember', 'forget']);
  });
});

describe('facts for everybody', () => {
  test('are written by the agent’s owner only, and told to all', async () => {
    const agent = await createRemembering({ kind: 'agent' });
    const by = remember('The office closes at six.');
    await talk(engine.ada, agent, { input: 'We close at six.' }, by, { text: 'Kept.' });
    await talk(bob, agent, { input: 'When do you close?' }, { text: 'At six.' });
    expect(instructions()).toContain('The office closes at six.');
    expect(offered()).toEqual([]);
    expect((await post(bob, agent, 'It never closes.')).status).toBe(403);
    expect(await list(bob, agent)).toEqual([]);
  });

  test('are none of those that the owner told it about themselves before', async () => {
    const agent = await createRemembering();
    await post(engine.ada, agent, 'Ada is in debt.');
    const memory = { kind: 'agent', maximumFacts: 10 };
    await ask(engine.ada, {
      method: 'PATCH',
      url: `/api/agents/${agent}/draft`,
      headers: { 'if-match': '*' },
      payload: { memory },
    });
    await publish(engine.ada, agent, 'For everybody');
    await talk(bob, agent, { input: 'Hello' }, { text: 'Hello.' });
    expect(JSON.stringify(lastSent())).not.toContain('debt');
  });
});

describe('a person', () => {
  test('finds, changes, exports and forgets what is remembered', async () => {
    const agent = await createRemembering();
    for (const text of ['Works 100% from home.', 'Has two cats.', 'Likes tea.']) {
      passMinutes(1);
      await post(engine.ada, agent, text);
    }
    const found = await list(engine.ada, agent, '&search=100%25');
    expect(found.map(({ text }) => text)).toEqual(['Works 100% from home.']);
    const first = await ask<Page<Memory>>(engine.ada, { url: `/api/memories?agent=${agent}&limit=2` });
    const second = await ask<Page<Memory>>(engine.ada, {
      url: `/api/memories?agent=${agent}&limit=2&cursor=${first.body.nextCursor}`,
    });
    expect([...first.body.items, ...second.body.items].map(({ text }) => text)).toEqual([
      'Likes tea.',
      'Has two cats.',
      'Works 100% from home.',
    ]);
    expect(second.body.nextCursor).toBeNull();
    const [tea] = first.body.items;
    expect((await post(engine.ada, agent, 'likes tea')).status).toBe(409);
    const empty = await ask(engine.ada, { method: 'PATCH', url: `/api/memories/${tea?.id}`, payload: { text: ' ' } });
    expect(empty.body.errors?.[0]?.path).toBe('body.text');
    const changed = await ask(engine.ada, {
      method: 'PATCH',
      url: `/api/memories/${tea?.id}`,
      payload: { text: 'Likes coffee.' },
    });
    expect(changed.body).toMatchObject({ text: 'Likes coffee.', editedAt: clock.toISOString() });
    const exported = await ask<MemoryExport>(engine.ada, { url: `/api/memories/export?agent=${agent}` });
    expect(exported.headers['content-disposition']).toContain('memories.json');
    expect(exported.body.items.map(({ text }) => text)).toContain('Likes coffee.');
    for (const method of ['PATCH', 'DELETE'] as const) {
      const theirs = await ask(bob, { method, url: `/api/memories/${tea?.id}`, payload: { text: 'Mine now.' } });
      expect(theirs.status).toBe(404);
    }
    await ask(bob, { method: 'DELETE', url: `/api/memories?agent=${agent}` });
    expect((await list(engine.ada, agent)).length).toBe(3);
    expect((await ask(engine.ada, { method: 'DELETE', url: `/api/memories/${tea?.id}` })).status).toBe(204);
    await ask(engine.ada, { method: 'DELETE', url: `/api/memories?agent=${agent}` });
    expect(await list(engine.ada, agent)).toEqual([]);
  });

  test('reaches nothing with a key that is for another agent', async () => {
    const agent = await createRemembering();
    const other = await createAgent(engine.ada);
    const { id } = (await post(engine.ada, agent, 'Lives in Oslo.')).body;
    const { key } = await engine.ada.createKey(['memories:write'], [other.id]);
    const withKey = (options: object) => engine.hub.injectWithKey(key, options);
    expect((await withKey({ url: '/api/memories' })).json<Page<Memory>>().items).toEqual([]);
    expect((await withKey({ url: '/api/memories/export' })).json<MemoryExport>().items).toEqual([]);
    expect((await withKey({ method: 'DELETE', url: `/api/memories/${id}` })).statusCode).toBe(404);
    await withKey({ method: 'DELETE', url: `/api/memories?agent=${agent}` });
    expect((await list(engine.ada, agent)).length).toBe(1);
  });
});

describe('a conversation that has become quiet', () => {
  const answer = (...facts: object[]) => ({
    text: JSON.stringify({ facts }),
    usage: { inputTokens: 700, outputTokens: 30 },
  });
  const readQuiet = () => engine.hub.services.memories.readQuiet();

  test('is looked through once, on several processes, for what the person said', async () => {
    const agent = await createRemembering({ kind: 'person' });
    await post(engine.ada, agent, 'Has two cats.');
    const run = await talk(engine.ada, agent, { input: 'I moved to Bergen.' }, { text: 'You should become a pilot.' });
    await readQuiet();
    passMinutes(11);
    engine.model.script(
      answer(
        { message: 1, fact: 'Lives in Bergen.' },
        { message: 2, fact: 'Wants to be a pilot.' },
        { message: 9, fact: 'Nobody said this.' },
        { message: 1, fact: 'x'.repeat(501) },
        { message: 1, fact: 'has two cats' },
      ),
    );
    await Promise.all([readQuiet(), readQuiet()]);
    const asked = lastSent().messages.at(-1)?.content ?? '';
    expect(asked).toContain('- Has two cats.');
    expect(asked).toContain('Message 1, person:\nI moved to Bergen.');
    const [fact, ...others] = await list(engine.ada, agent);
    expect(fact).toMatchObject({
      text: 'Lives in Bergen.',
      createdBy: 'summariser',
      source: { conversation: run.conversationId, message: expect.any(String) },
    });
    expect(others.length).toBe(1);
    passMinutes(60);
    await readQuiet();
  });

  test('is not looked through for what the person wrote anew: only what stands is read', async () => {
    const agent = await createRemembering({ kind: 'person' });
    const first = await talk(engine.ada, agent, { input: 'My name is Ada.' }, { text: 'Hello, Ada.' });
    const { conversationId } = first;
    await talk(engine.ada, agent, { input: 'I live in Oslo.', conversationId }, { text: 'Noted.' });
    const { items } = (
      await ask<Page<{ role: string; parentId: string | null }>>(engine.ada, {
        url: `/api/conversations/${conversationId}/messages`,
      })
    ).body;
    const parentMessageId = items.find(({ role }) => role === 'user')?.parentId ?? null;
    await talk(engine.ada, agent, { input: 'I live in Turin.', conversationId, parentMessageId }, { text: 'Noted.' });
    passMinutes(11);
    engine.model.script(answer({ message: 3, fact: 'Lives in Turin.' }));
    await readQuiet();
    const asked = lastSent().messages.at(-1)?.content ?? '';
    expect(asked).toContain('Message 1, person:\nMy name is Ada.');
    expect(asked).toContain('Message 3, person:\nI live in Turin.');
    expect(asked).not.toContain('Oslo');
    expect(await texts(engine.ada, agent)).toEqual(['Lives in Turin.']);
  });

  test('is looked through from where it was left, and what it costs is counted', async () => {
    const agent = await createRemembering({ kind: 'person' }, { model: { wishes: ['openai/gpt-6-sol'] } });
    const usage = { inputTokens: 100, outputTokens: 10 };
    const { conversationId } = await talk(engine.ada, agent, { input: 'I sail.' }, { text: 'Nice.', usage });
    passMinutes(11);
    engine.model.script(answer());
    await readQuiet();
    await talk(engine.ada, agent, { input: 'And I ski.', conversationId }, { text: 'Nice too.', usage });
    passMinutes(11);
    engine.model.script({ text: 'Sorry.', usage: { inputTokens: 700, keptTokens: 400, outputTokens: 30 } });
    await readQuiet();
    expect(lastSent().messages.at(-1)?.content).not.toContain('I sail.');
    type Row = { group?: string; costUsd: number; usage: { inputTokens: number } };
    const used = await ask<{ rows: Row[] }>(engine.ada, {
      url: `/api/usage?groupBy=agent&from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z`,
    });
    const { body: shown } = await ask(engine.ada, { url: `/api/agents/${agent}` });
    const row = used.body.rows.find(({ group }) => group === shown.id);
    expect(row?.usage.inputTokens).toBe(1600);
    // Two dollars a million, a quarter more for what is kept, ten for what is said.
    expect(row?.costUsd).toBeCloseTo((1600 * 2 + 400 * 0.5 + 80 * 10) / 1e6, 9);
    expect(await list(engine.ada, agent)).toEqual([]);
  });

  test('is tried again later when the provider fails', async () => {
    const agent = await createRemembering({ kind: 'person' });
    await talk(engine.ada, agent, { input: 'I sail.' }, { text: 'Nice.' });
    passMinutes(11);
    engine.model.script({ status: 400, body: { error: { message: 'no' } } });
    await readQuiet();
    passMinutes(11);
    engine.model.script(answer({ message: 1, fact: 'Sails.' }));
    await readQuiet();
    expect(await texts(engine.ada, agent)).toEqual(['Sails.']);
  });

  test('costs what the provider sent before it broke off, and nothing where it refused', async () => {
    const carla = await engine.hub.createPerson();
    const agent = await createRemembering({ kind: 'person' });
    await talk(carla, agent, { input: 'I sail.' }, { text: 'Nice.', usage: { inputTokens: 9, outputTokens: 1 } });
    for (const reply of [{ text: ['{"fac', 'ts":['], ending: 'cut' as const }, { status: 400 }]) {
      passMinutes(11);
      engine.model.script(reply);
      await readQuiet();
    }
    const { body } = await ask<UsageReport>(carla, {
      url: '/api/usage?groupBy=source&from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z',
    });
    const [looks] = body.rows.filter(({ group }) => group === 'memory');
    expect(looks).toMatchObject({
      runs: 1,
      usage: { inputTokens: expect.toSatisfy((tokens: number) => tokens > 100) },
    });
    expect(looks?.usage.outputTokens).toBeGreaterThan(0);
    engine.model.script(answer());
    passMinutes(60);
    await readQuiet();
  });

  test('is not looked through when the agent has spent its month', async () => {
    const agent = await createRemembering({ kind: 'person' }, { budget: { maximumTokensPerMonth: 100 } });
    const usage = { inputTokens: 150, outputTokens: 1 };
    await talk(engine.ada, agent, { input: 'I sail.' }, { text: 'Nice.', usage });
    passMinutes(11);
    await readQuiet();
    expect(await list(engine.ada, agent)).toEqual([]);
  });

  test('is not looked through when it was deleted or is to be forgotten', async () => {
    const agent = await createRemembering({ kind: 'person' });
    const gone = await talk(engine.ada, agent, { input: 'I sail.' }, { text: 'Nice.' });
    await ask(engine.ada, { method: 'DELETE', url: `/api/conversations/${gone.conversationId}` });
    await talk(engine.ada, agent, { input: 'I ski.' }, { text: 'Nice.' });
    await ask(engine.ada, { method: 'DELETE', url: `/api/memories?agent=${agent}` });
    passMinutes(60);
    await readQuiet();
    expect(await list(engine.ada, agent)).toEqual([]);
  });
});
