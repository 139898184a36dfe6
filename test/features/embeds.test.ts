import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AgentEmbed, EmbedOpening } from '#server/contract/embed.ts';
import type { Artifact } from '#server/contract/run-event.ts';
import { publish } from '#test/support/agent-requests.ts';
import type { TestPerson } from '#test/support/build-test-app.ts';
import { readIssuePaths, readProblem } from '#test/support/read-problem.ts';
import { createVisitors } from '#test/support/create-visitors.ts';
import { createRunAgent, type Engine, eventsOf, parseEvents, startEngine, textOf } from '#test/support/run-engine.ts';

const site = 'https://shop.example.org';
const shared = { access: { visibility: 'link' } };
const settings = {
  isEnabled: true,
  origins: [site, 'https://*.partner.example'],
  maximumUsdPerMonth: 5,
  maximumRunsPerMonth: 100,
};
const dayMs = 24 * 60 * 60 * 1000;
const chart = { title: 'Fees', kind: 'bar', data: [{ day: 'Monday', fees: 2 }], x: 'day', y: 'fees' };

let engine: Engine;
let ada: TestPerson;
let bob: TestPerson;
let agent: string;
const { open, begin, visit } = createVisitors({ site, app: () => engine.hub.app, agent: () => agent });
let now = new Date('2026-11-20T10:00:00Z');

const embed = (reference: string, payload: object, person = ada) =>
  person.inject({ method: 'PUT', url: `/api/agents/${reference}/embed`, payload });
const use = async (reference = agent) =>
  (await ada.inject({ url: `/api/agents/${reference}/embed` })).json<AgentEmbed>().used;

/** An agent that may be shown on the site. */
async function createEmbedded(name: string, definition: object = {}, limits: object = {}): Promise<string> {
  const handle = await createRunAgent(ada, { ...shared, ...definition }, name);
  await publish(ada, handle);
  expect((await embed(handle, { ...settings, ...limits })).statusCode).toBe(200);
  return handle;
}

beforeAll(async () => {
  engine = await startEngine({ now: () => now });
  ada = engine.ada;
  bob = await engine.hub.createPerson();
  const price = { model: 'test-model', inputUsd: 2, outputUsd: 10, cachedInputUsd: null };
  await ada.inject({ method: 'PUT', url: '/api/models/prices', payload: price });
  agent = await createEmbedded('Shop Helper', {
    opening: { message: 'Ask me about the shop.', starters: ['When are you open?'] },
    tools: [{ id: 'chart' }],
    memory: { kind: 'agent' },
  });
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

describe('its owner', () => {
  test('sees it off at first, and alone may turn it on', async () => {
    const handle = await createRunAgent(ada, shared, 'Quiet One');
    const read = await ada.inject({ url: `/api/agents/${handle}/embed` });
    expect(read.json()).toMatchObject({ isEnabled: false, origins: [], isShared: false, used: { runs: 0 } });
    await publish(ada, handle);
    expect((await embed(handle, settings, bob)).statusCode).toBe(403);
    expect((await open(handle, site)).statusCode).toBe(403);
  });

  test('must name sites and limits before it is on', async () => {
    const empty = { isEnabled: true, origins: [], maximumUsdPerMonth: null, maximumRunsPerMonth: null };
    expect(readIssuePaths(await embed(agent, empty))).toEqual([
      'body.maximumRunsPerMonth',
      'body.maximumUsdPerMonth',
      'body.origins',
    ]);
    expect((await embed(agent, { ...empty, isEnabled: false })).statusCode).toBe(200);
    expect((await open(agent, site)).statusCode).toBe(403);
    await embed(agent, settings);
  });

  test.each([
    'http://shop.example.org',
    'https://*',
    'https://*.org',
    '*',
    'https://shop.example.org/path',
    'https://user@shop.example.org',
    "https://a.example.org;script-src 'unsafe-inline'",
    'https://a.example.org https://b.example.org',
    "https://a'b.example.org",
    'javascript:alert(1)',
    'null',
  ])('cannot name %s as a site', async (origin) => {
    expect(readIssuePaths(await embed(agent, { ...settings, origins: [site, origin] }))).toEqual(['body.origins.1']);
  });

  test('names sites as browsers do, however they are written', async () => {
    const origins = [
      'HTTPS://Shop.Example.org:443/',
      'http://LOCALHOST:8080',
      'https://bücher.example',
      ...settings.origins,
    ];
    const saved = (await embed(agent, { ...settings, origins })).json<AgentEmbed>();
    expect(saved.origins).toEqual([
      site,
      'http://localhost:8080',
      'https://xn--bcher-kva.example',
      'https://*.partner.example',
    ]);
    await embed(agent, settings);
  });
});

describe('a site', () => {
  test('that is named is told how the agent introduces itself', async () => {
    const answer = await open(agent, site);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.json<EmbedOpening>()).toMatchObject({
      agent: { handle: agent, name: 'Shop Helper' },
      message: 'Ask me about the shop.',
      starters: ['When are you open?'],
      position: 'right',
    });
    expect(answer.body).not.toContain('instructions');
    expect((await open(agent, 'https://deep.in.partner.example')).statusCode).toBe(200);
  });

  test.each([
    'https://evil.example.org',
    'http://shop.example.org',
    'https://shop.example.org:8443',
    'https://partner.example',
    'https://partner.example.evil.org',
    'https://evilpartner.example',
    'null',
  ])('that is not (%s) is told why not, and cannot begin a visit', async (origin) => {
    const answer = await open(agent, origin);
    expect(answer.statusCode).toBe(403);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(readProblem(answer).detail).toContain(origin);
    expect((await begin(agent, origin)).statusCode).toBe(403);
    expect((await begin(agent, null)).statusCode).toBe(403);
  });

  test('cannot use the visitors’ interface itself', async () => {
    const headers = { origin: site, 'sec-fetch-site': 'cross-site' };
    expect((await begin(agent, site, headers)).statusCode).toBe(403);
  });

  test.each(['private', 'members'])('cannot show an agent that is %s', async (visibility) => {
    const handle = await createEmbedded(`Kept ${visibility}`);
    await ada.inject({
      method: 'PATCH',
      url: `/api/agents/${handle}/draft`,
      headers: { 'if-match': '"1"' },
      payload: { access: { visibility, licence: 'all-rights-reserved' } },
    });
    await publish(ada, handle);
    expect((await open(handle, site)).statusCode).toBe(403);
  });
});

describe('a visitor', () => {
  test('is answered by the published version, and told nothing of how', async () => {
    const { say, read } = await visit();
    engine.model.script({ toolCalls: [{ name: 'chart', arguments: chart }] }, { text: 'We open at nine.' });
    const { status, seen, answer } = await say('When are you open?');
    expect([status, textOf(seen)]).toEqual([200, 'We open at nine.']);
    expect([...new Set(seen.map(({ event }) => event.type))].sort()).toEqual([
      'artifact',
      'run-end',
      'run-start',
      'text-delta',
    ]);
    expect(eventsOf(seen, 'run-start')[0]).toMatchObject({ version: 1, model: agent });
    expect(eventsOf(seen, 'run-end')[0]).toMatchObject({ status: 'completed', costUsd: null });
    expect(answer.body).not.toContain('test-model');
    const { items, messagesLeft } = await read();
    expect(items.map(({ role, content }) => [role, content])).toEqual([
      ['assistant', 'We open at nine.'],
      ['user', 'When are you open?'],
    ]);
    expect(messagesLeft).toBe(49);
  });

  test('sees what was made for them, and nobody else does', async () => {
    const one = await visit();
    const other = await visit();
    engine.model.script({ toolCalls: [{ name: 'chart', arguments: chart }] }, { text: 'Here.' });
    const { seen } = await one.say('Draw');
    const artifact = eventsOf(seen, 'artifact')[0]?.artifact as Extract<Artifact, { kind: 'chart' }>;
    const picture = await one.inject('GET', `files/${artifact.file}`);
    expect([picture.statusCode, picture.headers['content-type']]).toEqual([200, 'image/svg+xml']);
    const run = eventsOf(seen, 'run-start')[0];
    for (const path of [`files/${artifact.file}`, `runs/${run?.run}/events`]) {
      expect((await other.inject('GET', path)).statusCode).toBe(404);
    }
    expect((await other.inject('POST', `runs/${run?.run}/cancel`)).statusCode).toBe(404);
    expect(parseEvents((await one.inject('GET', `runs/${run?.run}/events`)).body).at(-1)?.event.type).toBe('run-end');
    expect((await other.inject('GET', 'conversation')).statusCode).toBe(404);
    const own = [`/api/runs/${run?.run}`, `/api/conversations/${run?.conversationId}`];
    for (const url of own) expect((await ada.inject({ url })).statusCode).toBe(404);
    expect((await ada.inject({ url: '/api/runs?limit=100' })).body).not.toContain(run?.run);
    expect((await ada.inject({ url: '/api/conversations?limit=100' })).body).not.toContain(run?.conversationId);
    const payload = { input: 'And?', conversationId: run?.conversationId };
    expect((await ada.inject({ method: 'POST', url: `/api/agents/${agent}/runs`, payload })).statusCode).toBe(404);
  });

  test('cannot reach another conversation, model, version, file or memory', async () => {
    const { inject } = await visit();
    for (const more of [{ model: 'openai/test-model' }, { version: 'draft' }, { files: ['x'] }, { memory: true }]) {
      expect((await inject('POST', 'runs', { input: 'Hi', ...more })).statusCode).toBe(400);
    }
    const stranger = { 'x-embed-session': 'made-up' };
    const url = `/api/embeds/${agent}/conversation`;
    expect((await engine.hub.app.inject({ url, headers: stranger })).statusCode).toBe(404);
    const elsewhere = await createEmbedded('Elsewhere');
    const token = (await begin()).json<{ token: string }>().token;
    const asked = { url: `/api/embeds/${elsewhere}/conversation`, headers: { 'x-embed-session': token } };
    expect((await engine.hub.app.inject(asked)).statusCode).toBe(404);
    const payload = { input: 'Hi' };
    const run = { method: 'POST' as const, url: `/api/embeds/${elsewhere}/runs`, headers: asked.headers, payload };
    expect((await engine.hub.app.inject(run)).statusCode).toBe(404);
  });

  test('has the last message answered again', async () => {
    const { say, read } = await visit();
    expect((await say({ again: true })).status).toBe(409);
    engine.model.script({ text: 'Seven.' }, { text: 'Nine.' });
    await say('When?');
    const { seen } = await say({ again: true });
    expect(textOf(seen)).toBe('Nine.');
    expect((await read()).items.map(({ content }) => content)).toEqual(['Nine.', 'When?']);
  });

  test('is asked for what the opening asks, and has no tool call approved', async () => {
    const handle = await createEmbedded('Asks', {
      variables: [{ name: 'city', label: 'City', type: 'text', required: true }],
      tools: [{ id: 'calculator', approval: 'always' }],
      instructions: 'You know {{city}}.',
    });
    const { say } = await visit(handle);
    expect((await say('Hi')).status).toBe(400);
    engine.model.script(
      { toolCalls: [{ name: 'calculator', arguments: { expression: '2+2' } }] },
      { text: 'I may not.' },
    );
    const { seen } = await say('2+2?', { variables: { city: 'Oslo' } });
    expect(textOf(seen)).toBe('I may not.');
    const told = JSON.stringify(engine.model.requests.at(-1)?.body);
    expect(told).toContain('You know Oslo.');
    expect(told).not.toContain('"4"');
    expect((await ada.inject({ url: '/api/approvals' })).json()).toMatchObject({ items: [] });
  });

  test('is handed over to nobody whom strangers may not ask, and stays counted with who takes over', async () => {
    const hidden = await createRunAgent(ada, {}, 'Hidden');
    const colleague = await createRunAgent(ada, shared, 'Colleague');
    await publish(ada, colleague);
    const tools = [hidden, colleague].map((handle) => ({ id: `agent/${handle}`, use: 'hand-over' }));
    const desk = await createEmbedded('Desk', { tools });
    const handOver = (handle: string) => ({ name: `hand_over_to_${handle}`, arguments: { task: 'Help.' } });
    const { say } = await visit(desk);
    engine.model.script({ toolCalls: [handOver(hidden)] }, { text: 'Then I do it.' });
    expect(textOf((await say('Hi')).seen)).toBe('Then I do it.');
    expect(JSON.stringify(engine.model.requests.at(-1)?.body)).toContain('may not use it');
    engine.model.script({ toolCalls: [handOver(colleague)] }, { text: 'Here I am.' }, { text: 'Still me.' });
    expect(textOf((await say('Go on')).seen)).toBe('Here I am.');
    const { seen } = await say('And now?');
    expect([textOf(seen), eventsOf(seen, 'run-start')[0]?.agent]).toEqual(['Still me.', colleague]);
    expect(await use(desk)).toMatchObject({ conversations: 1, runs: 3 });
  });

  test('leaves nothing in the hub before the first message, also where that is refused', async () => {
    const count = () => engine.hub.services.database.prisma.conversation.count({ where: { source: 'embed' } });
    const handle = await createEmbedded('Asks First', {
      variables: [{ name: 'city', label: 'City', type: 'text', required: true }],
    });
    const before = await count();
    const { say, inject } = await visit(handle);
    expect((await inject('GET', 'conversation')).statusCode).toBe(404);
    expect((await say('Hi')).status).toBe(400);
    expect(await count()).toBe(before);
    engine.model.script({ text: 'Hello.' });
    expect((await say('Hi', { variables: { city: 'Oslo' } })).status).toBe(200);
    expect(await count()).toBe(before + 1);
    const late = await visit(handle);
    now = new Date(now.getTime() + 10 * 60_000);
    expect((await late.say('Hi', { variables: { city: 'Oslo' } })).status).toBe(404);
  });

  test('reads a long visit in pages, and asks as often as the owner lets one visitor', async () => {
    const handle = await createEmbedded('Short Talks', {}, { maximumMessages: 2 });
    const { say, read } = await visit(handle);
    engine.model.script({ text: 'One.' }, { text: 'Two.' }, { text: 'Two, again.' });
    await say('First');
    await say('Second');
    const refused = await say('Third');
    expect([refused.status, readProblem(refused.answer).detail]).toEqual([409, expect.stringContaining('2 times')]);
    expect((await say({ again: true })).status).toBe(200);
    const newest = await read('?limit=3');
    expect(newest.items.map(({ content }) => content)).toEqual(['Two, again.', 'Second', 'One.']);
    expect(newest.messagesLeft).toBe(0);
    const oldest = await read(`?limit=3&cursor=${newest.nextCursor}`);
    expect(oldest).toMatchObject({ items: [{ content: 'First' }], nextCursor: null });
    engine.model.script({ text: 'Anew.' });
    expect((await (await visit(handle)).say('Third')).status).toBe(200);
  });

  test('has no file lent to a tool but what this very visit made', async () => {
    const handle = await createEmbedded('Drawer', { tools: [{ id: 'chart' }] });
    const { lend } = engine.hub.services.files;
    const one = await visit(handle);
    engine.model.script({ toolCalls: [{ name: 'chart', arguments: chart }] }, { text: 'Here.' });
    const { seen } = await one.say('Draw');
    const { file } = eventsOf(seen, 'artifact')[0]?.artifact as Extract<Artifact, { kind: 'chart' }>;
    const run = eventsOf(seen, 'run-start')[0];
    const record = await engine.hub.services.database.prisma.file.findUniqueOrThrow({ where: { id: file } });
    const [agentId = ''] = record.agentIds;
    const visitor = (conversation: string) => ({ ...ada.actor, visit: { agent: agentId, conversation } });
    expect(await lend(visitor(run?.conversationId ?? ''), agentId, file)).toMatchObject({ mediaType: 'image/svg+xml' });
    expect(await lend(visitor('another'), agentId, file)).toBeNull();
    expect(await lend(visitor('another'), null, file)).toBeNull();
  });

  test('is slowed down', async () => {
    const { inject } = await visit();
    const again = () => inject('POST', 'runs', { again: true });
    for (let count = 0; count < 10; count += 1) expect((await again()).statusCode).toBe(409);
    const refused = await again();
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  });

  test('who ends the visit is forgotten at once', async () => {
    const { say, inject } = await visit();
    engine.model.script({ text: 'Noted.' });
    await say('My secret');
    expect((await inject('DELETE', 'visits')).statusCode).toBe(204);
    expect((await inject('GET', 'conversation')).statusCode).toBe(404);
  });

  test('is forgotten a day later, and stays counted for the owner', async () => {
    const { say, inject } = await visit();
    const before = await use();
    engine.model.script({ text: 'Noted.', usage: { inputTokens: 1000, outputTokens: 100 } });
    await say('My secret');
    now = new Date(now.getTime() + dayMs + 1000);
    await engine.hub.services.conversations.removeTemporary(new Date(now.getTime() - dayMs));
    expect((await inject('GET', 'conversation')).statusCode).toBe(404);
    const after = await use();
    expect(after.runs).toBe(before.runs + 1);
    expect(after.conversations).toBe(before.conversations + 1);
    expect(after.costUsd).toBeCloseTo(before.costUsd + 0.003);
    const report = (
      await ada.inject({ url: '/api/usage?groupBy=source&from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z' })
    ).json<{
      rows: { group: string; runs: number }[];
    }>();
    expect(report.rows.find(({ group }) => group === 'embed')?.runs).toBeGreaterThanOrEqual(after.runs);
  });
});

describe('the limits of a month', () => {
  test('of answers hold for visitors side by side, and are told before the first byte', async () => {
    const variables = [{ name: 'city', label: 'City', type: 'text', required: true }];
    const handle = await createEmbedded('Two Answers', { variables }, { maximumRunsPerMonth: 2 });
    const visitors = await Promise.all(Array.from({ length: 6 }, () => visit(handle)));
    const [first] = visitors;
    expect((await first!.say('Hi')).status).toBe(400);
    engine.model.script({ text: 'Yes.' }, { text: 'Yes.' });
    const answers = await Promise.all(visitors.map(({ say }) => say('Hi', { variables: { city: 'Oslo' } })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 402, 402, 402, 402]);
    const refused = answers.find(({ status }) => status === 402);
    expect(readProblem(refused!.answer).detail).not.toMatch(/\d/);
    expect(await use(handle)).toMatchObject({ runs: 2 });
  });

  test('of cost are the visitors’ own, and are told as little', async () => {
    const handle = await createEmbedded('Thrifty', {}, { maximumUsdPerMonth: 0.002 });
    const { say } = await visit(handle);
    engine.model.script({ text: 'Dear.', usage: { inputTokens: 1000, outputTokens: 100 } });
    await say('Hi');
    const { status, answer } = await say('More');
    expect(status).toBe(402);
    expect(answer.body).not.toContain('0.002');
    engine.model.script({ text: 'Still here for you.' });
    const payload = { input: 'Hi' };
    expect((await ada.inject({ method: 'POST', url: `/api/agents/${handle}/runs`, payload })).statusCode).toBe(200);
    await embed(handle, { ...settings, maximumUsdPerMonth: 1 });
    engine.model.script({ text: 'Again.' });
    expect((await say('More')).status).toBe(200);
  });

  test('and whatever else fails tells a visitor nothing of models or providers', async () => {
    const { say } = await visit();
    engine.model.script({ status: 401, body: { error: { message: 'Incorrect API key provided: sk-test' } } });
    const { answer, seen } = await say('Hi');
    expect(eventsOf(seen, 'error')[0]?.problem).toMatchObject({ code: 'unavailable' });
    expect(answer.body).not.toMatch(/sk-test|openai|test-model/i);
  });
});
