import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Scope } from '#server/contract/api-key.ts';
import { buildTestApp, type TestApp } from '#test/support/build-test-app.ts';
import { layDevnet } from '#test/support/seeded-devnet.ts';
import { addKey, addPerson, type SignedInPerson } from '#test/support/hub-people.ts';
import { uploadDataset } from '#test/support/upload-dataset.ts';
import { readDocumentedRoutes, type DocumentedRoute } from './documented-routes.ts';

type Headers = Record<string, string>;
type Resources = Record<string, string>;

const sampleDescription = JSON.stringify({
  openapi: '3.1.0',
  info: { title: 'Sample', version: '1' },
  servers: [{ url: 'https://api.example.org' }],
  paths: {},
});

/** An alert on the number of rows of a query. */
const toRowWatch = (query: string) => ({
  kind: 'query',
  query,
  figure: { of: 'row-count' },
  condition: { operator: 'above', threshold: '1' },
  rhythm: { everyMinutes: 60 },
});

/** Where the smallest body that the schema describes is not enough. */
const tenPoints = Array.from({ length: 10 }, (_, value) => ({ value }));
const bodies: Record<string, unknown> = {
  'PATCH /api/conversations/{conversation}': { title: 'Mine' },
  'POST /api/agents/{agent}/runs': { input: '2 + 2' },
  'POST /api/agents/{agent}/talk/runs': { input: 'Greet people' },
  'PUT /api/messages/{message}/feedback': { rating: 'up' },
  'POST /api/toolsets': { kind: 'openapi', text: sampleDescription },
  'POST /api/audits': {
    files: [{ path: 'a.sol', content: 'contract A { function end() public { selfdestruct(payable(msg.sender)); } }' }],
  },
  'POST /api/tools/call': { tool: 'calculator', input: { expression: '1 + 1' } },
  'POST /api/tools/report': { tool: 'calculator', input: { expression: '1 + 1' } },
  'POST /api/triggers': { agent: 'an-agent', name: 'x', message: 'x', webhook: {} },
  'PUT /api/agents/{agent}/embed': {
    isEnabled: false,
    origins: [],
    maximumUsdPerMonth: null,
    maximumRunsPerMonth: null,
  },
  'POST /api/people/{person}/removal': { sharedAgents: { outcome: 'take-down' } },
  'POST /api/profile/removal': { password: 'not the password' },
  'PATCH /api/connections/{connection}': { name: 'Taken over' },
  'POST /api/agents/{agent}/tests': { name: 'x', input: 'x', expect: [{ kind: 'calls', tool: 'calculator' }] },
  'PUT /api/agents/{agent}/tests/{test}': { name: 'x', input: 'x', expect: [{ kind: 'calls', tool: 'calculator' }] },
  'POST /api/executions': { sql: 'SELECT 1' },
  'PUT /api/dune-key': { apiKey: 'a-key-of-dune' },
  'POST /api/analyses/profile': { source: { sql: 'SELECT 1' } },
  'POST /api/analyses/forecast': { points: tenPoints },
  'POST /api/analyses/indicators': { points: tenPoints },
  'POST /api/dashboards/{dashboard}/widgets': {
    query: 'a-query',
    title: 'x',
    show: { kind: 'table' },
  },
  'POST /api/alerts': { name: 'x', watch: toRowWatch('a-query') },
  'POST /api/alerts/preview': { watch: toRowWatch('a-query') },
  'POST /api/agents/{agent}/tests/import': { csv: 'question,contains\nx,x' },
};
const queries: Record<string, string> = { from: 'draft', to: 'draft' };

const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Everything else needs a session or a key; a route joins this list on purpose or not at all. */
const publicRoutes = [
  'DELETE /api/embeds/{agent}/visits',
  'DELETE /api/session',
  'GET /api/embeds/{agent}',
  'GET /api/embeds/{agent}/conversation',
  'GET /api/embeds/{agent}/files/{file}',
  'GET /api/embeds/{agent}/portrait',
  'GET /api/embeds/{agent}/runs/{run}/events',
  'GET /api/invitations/open/{token}',
  'GET /api/oauth-client',
  'GET /api/openapi.json',
  'GET /api/password-resets/open/{token}',
  'GET /api/portraits/{style}',
  'GET /api/public-dashboards/{link}',
  'GET /api/public-dashboards/{link}/widgets/{widget}.svg',
  'GET /api/session',
  'GET /api/shares/{share}',
  'GET /api/shares/{share}/files/{file}',
  'GET /embed/{agent}',
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
  'GET /sandbox',
  'POST /api/embeds/{agent}/runs',
  'POST /api/embeds/{agent}/runs/{run}/cancel',
  'POST /api/embeds/{agent}/visits',
  'POST /api/hooks/{hook}',
  'POST /api/invitations/accept',
  'POST /api/password-resets/accept',
  'POST /api/session',
  'POST /api/setup',
];

let hub: TestApp;
let owner: SignedInPerson;
let second: SignedInPerson;
let routes: DocumentedRoute[];
let closedRoutes: DocumentedRoute[];
let resources: Resources;

/** One real resource of the first person for every name of a path parameter; a new name needs a line here. */
async function makeResources({ inject }: SignedInPerson): Promise<Resources> {
  const post = async (url: string, payload: object) => {
    const answer = await inject({ method: 'POST', url, payload });
    expect([url, answer.statusCode]).toEqual([url, expect.toSatisfy((status: number) => status < 300)]);
    return answer.json<{ id: string; handle: string; conversationId: string | null; number: number }>();
  };
  const avatar = { kind: 'file', file: await uploadFile(inject, 'avatar.png', onePixel) };
  const definition = { memory: { kind: 'person' } };
  const agent = await post('/api/agents', { name: 'Private agent', identity: { avatar }, definition });
  await post(`/api/agents/${agent.id}/publish`, {});
  const conversation = await post('/api/conversations', { agent: agent.id });
  const run = await post(`/api/agents/${agent.id}/runs`, { input: '2 + 2', conversationId: conversation.id });
  const test = await post(`/api/agents/${agent.id}/tests`, bodies['POST /api/agents/{agent}/tests'] as object);
  const testRun = await post(`/api/agents/${agent.id}/test-runs`, {});
  const query = await post('/api/queries', { name: 'Mine', sql: 'SELECT 1' });
  await post('/api/executions', { query: query.id, waitSeconds: 30 });
  const chart = { name: 'Mine', view: { kind: 'counter', y: ['1'] } };
  const queryChart = await post(`/api/queries/${query.id}/charts`, chart);
  const place = { x: 0, y: 0, w: 3, h: 2 };
  const widgets = [{ id: 'one', kind: 'counter', query: query.id, column: '1', place }];
  const dashboard = await post('/api/dashboards', { name: 'Mine', widgets });
  await post(`/api/dashboards/${dashboard.id}/refresh`, { waitSeconds: 30 });
  const connection = { name: 'Mine', provider: 'openai', personal: true, apiKey: 'sk-test' };
  const trigger = { name: 'Mine', message: 'Go', webhook: {} };
  const invitation = { email: 'invited@example.org', role: 'member' };
  return {
    agent: agent.id,
    index: 'index-of-a-chain',
    handle: agent.handle,
    version: '1',
    conversation: conversation.id,
    message: await findAnswer(inject, conversation.id),
    run: run.id,
    approval: 'approval-of-the-run',
    form: 'form-of-the-run',
    test: test.id,
    testRun: testRun.id,
    file: await uploadFile(inject, 'notes.txt', Buffer.from('secret notes')),
    connection: (await post('/api/connections', connection)).id,
    model: 'gpt-test',
    key: (await post('/api/keys', { name: 'Mine', scopes: ['runs:write'] })).id,
    invitation: (await post('/api/invitations', invitation)).id,
    person: owner.actor.userId,
    session: await findSession(inject),
    trigger: (await post('/api/triggers', { ...trigger, agent: agent.id })).id,
    delivery: 'callback-of-the-trigger',
    callback: 'callback-of-the-run',
    alert: (await post('/api/alerts', { name: 'Mine', watch: toRowWatch(query.id) })).id,
    toolset: (await post('/api/toolsets', { kind: 'openapi', text: sampleDescription })).id,
    memory: (await post('/api/memories', { agent: agent.id, text: 'Lives in Oslo.' })).id,
    review: 'review-of-the-agent',
    report: 'report-of-the-agent',
    category: 'hub',
    chain: '1',
    endpoint: 'public-1',
    address: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
    proposal: 'proposal-of-the-talk',
    dataset: (await uploadDataset(inject, 'secret.csv', 'a\n1\n')).id,
    execution: (await post('/api/executions', { sql: 'SELECT 1', waitSeconds: 30 })).id,
    query: query.id,
    number: String(query.number),
    chart: queryChart.id,
    dashboard: dashboard.id,
    widget: 'one',
    analysis: (await post('/api/analyses/indicators', { points: tenPoints })).id,
    chartName: 'averages',
    auditChart: 'severity',
    folder: (await post('/api/conversation-folders', { name: 'Mine' })).id,
    audit: (await post('/api/audits', bodies['POST /api/audits'] as object)).id,
    share: (await post(`/api/conversations/${conversation.id}/shares`, {})).id,
  };
}

async function findSession(inject: SignedInPerson['inject']): Promise<string> {
  const sessions = await inject({ method: 'GET', url: '/api/sessions' });
  return sessions.json<{ items: { id: string }[] }>().items[0]?.id ?? '';
}

async function findAnswer(inject: SignedInPerson['inject'], conversation: string): Promise<string> {
  const messages = await inject({ method: 'GET', url: `/api/conversations/${conversation}/messages` });
  return messages.json<{ items: { id: string }[] }>().items[0]?.id ?? '';
}

async function uploadFile(inject: SignedInPerson['inject'], name: string, bytes: Buffer): Promise<string> {
  const boundary = 'atrium-test';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\n`;
  const answer = await inject({
    method: 'POST',
    url: '/api/files',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  });
  expect(answer.statusCode).toBe(201);
  return answer.json<{ id: string }>().id;
}

function toUrl({ name, path, parameters, query }: DocumentedRoute): string {
  const filled = parameters.reduce((url, parameter) => {
    const value = resources[parameter];
    if (value === undefined) throw new Error(`${name}: makeResources has nothing for "${parameter}"`);
    return url.replace(`{${parameter}}`, encodeURIComponent(value));
  }, path);
  const search = new URLSearchParams(query.map((parameter) => [parameter, queries[parameter] ?? 'sample']));
  return query.length === 0 ? filled : `${filled}?${search.toString()}`;
}

async function call(route: DocumentedRoute, headers: Headers) {
  const body = bodies[route.name] ?? route.body;
  return hub.app.inject({
    method: route.method,
    url: toUrl(route),
    headers: { 'if-match': '"1"', ...headers },
    ...(body === undefined ? {} : { payload: body as object }),
  });
}

/** Calls many routes and names those that answered otherwise than they must. */
async function findOthers(
  called: DocumentedRoute[],
  headersOf: (route: DocumentedRoute) => Headers,
  expected: number[],
) {
  expect(called.length).toBeGreaterThan(3);
  const others: string[] = [];
  for (const route of called) {
    const { statusCode, body } = await call(route, headersOf(route));
    if (!expected.includes(statusCode)) others.push(`${route.name}: ${statusCode} ${body.slice(0, 300)}`);
  }
  return others;
}

beforeAll(async () => {
  hub = await buildTestApp();
  await layDevnet(hub.dataFolder);
  owner = await addPerson(hub, 'administrator');
  second = await addPerson(hub, 'creator');
  routes = readDocumentedRoutes((await hub.app.inject('/api/openapi.json')).json());
  closedRoutes = routes.filter(({ isPublic }) => !isPublic);
  resources = await makeResources(owner);
}, 600_000);
afterAll(() => hub.close());

/** An index of a chain is everybody's. */
const withIdentifier = () =>
  closedRoutes.filter(({ parameters }) => parameters.length > 0 && !parameters.includes('index'));

describe('every route of the OpenAPI document', () => {
  test('is closed but for the few that are public on purpose', () => {
    const found = routes.filter(({ isPublic }) => isPublic).map(({ name }) => name);
    expect(found.sort()).toEqual(publicRoutes);
  });

  test('refuses who is not signed in', async () => {
    expect(await findOthers(closedRoutes, () => ({}), [401])).toEqual([]);
  });

  test('refuses a key that has every scope but the one it needs', async () => {
    const keys = new Map<string | null, Headers>();
    for (const scope of new Set(closedRoutes.map((route) => route.scope))) {
      const scopes = Scope.options.filter((option) => option !== scope);
      keys.set(scope, (await addKey(owner, { scopes })).headers);
    }
    expect(await findOthers(closedRoutes, ({ scope }) => keys.get(scope) ?? {}, [403])).toEqual([]);
  });

  test('shows its owner what it refuses to others', async () => {
    const readable = withIdentifier().filter(({ method }) => method === 'GET');
    expect(await findOthers(readable, () => owner.headers, [200])).toEqual([]);
  });

  test('hides one person’s things from another', async () => {
    expect(await findOthers(withIdentifier(), () => second.headers, [403, 404])).toEqual([]);
  });

  test('hides one person’s things from another’s key', async () => {
    const { headers } = await addKey(second, { scopes: Scope.options.filter((scope) => scope !== 'admin') });
    expect(await findOthers(withIdentifier(), () => headers, [403, 404])).toEqual([]);
  });

  test('hides an agent and its person’s files from a key that is for another agent', async () => {
    const made = await owner.inject({ method: 'POST', url: '/api/agents', payload: { name: 'Other agent' } });
    const other = made.json<{ id: string }>();
    await owner.inject({ method: 'POST', url: `/api/agents/${other.id}/publish`, payload: {} });
    const { headers } = await addKey(owner, { scopes: [...Scope.options], agents: [other.id] });
    const ofAgent = withIdentifier().filter(({ parameters }) =>
      parameters.some((name) =>
        [
          'agent',
          'run',
          'conversation',
          'connection',
          'file',
          'trigger',
          'memory',
          'dataset',
          'query',
          'execution',
          'dashboard',
          'alert',
        ].includes(name),
      ),
    );
    expect(await findOthers(ofAgent, () => headers, [403, 404])).toEqual([]);
    for (const url of ['/api/agents?limit=100', '/api/conversations?limit=100', '/api/conversations?source=page']) {
      const { body } = await hub.app.inject({ url, headers });
      for (const name of ['agent', 'conversation']) expect(body).not.toContain(resources[name]);
    }
  });
});

describe('the OpenAI door', () => {
  test.each(['/v1/chat/completions', '/v1/responses'])(
    '%s does not know another person’s private agent',
    async (url) => {
      const { handle } = (await owner.inject({ url: `/api/agents/${resources['agent']}` })).json<{ handle: string }>();
      const { headers } = await addKey(second, { scopes: ['runs:write', 'agents:read'] });
      const payload = { model: handle, messages: [{ role: 'user', content: 'hi' }], input: 'hi' };
      const { messages, input, model } = payload;
      const body = url.endsWith('responses') ? { model, input } : { model, messages };
      expect((await hub.app.inject({ method: 'POST', url, headers, payload: body })).statusCode).toBe(404);
      expect((await hub.app.inject({ url: '/v1/models', headers })).body).not.toContain(handle);
    },
  );
});

describe('another person’s lists', () => {
  test.each([
    '/api/agents',
    '/api/connections',
    '/api/conversations',
    '/api/keys',
    '/api/triggers',
    '/api/memories',
    '/api/datasets',
    '/api/queries',
    '/api/executions',
    '/api/analyses',
    '/api/dashboards',
    '/api/alerts',
  ])('%s holds nothing of the first person', async (url) => {
    const mine = await owner.inject({ url: `${url}?limit=100` });
    const theirs = await second.inject({ url: `${url}?limit=100` });
    const identifiers = mine.json<{ items: { id: string }[] }>().items.map(({ id }) => id);
    expect(identifiers.length).toBeGreaterThan(0);
    for (const id of identifiers) expect(theirs.body).not.toContain(id);
  });
});
