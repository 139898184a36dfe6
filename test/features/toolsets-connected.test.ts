import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '#server/contract/problem.ts';
import type { AgentPrompt, FilledPrompt } from '#server/contract/prompt.ts';
import { ask, createAgent, patchDraft, publish } from '#test/support/agent-requests.ts';
import type { TestPerson } from '#test/support/build-test-app.ts';
import {
  callTool,
  createToolset,
  endSignIn,
  getToolset,
  patchToolset,
  postToolset,
  signIn,
} from '#test/support/hub-toolsets.ts';
import { type McpTestServer, startMcpServer } from '#test/support/mcp-server.ts';
import { createRunAgent, type Engine, startEngine, startRun } from '#test/support/run-engine.ts';

let open: McpTestServer;
let closed: McpTestServer;
let engine: Engine;
let ada: TestPerson;
let bob: TestPerson;

const toldToModel = () =>
  (engine.model.requests.at(-1)?.body['messages'] as { role: string; content: string }[])
    .filter(({ role }) => role === 'tool')
    .map(({ content }) => content);

beforeAll(async () => {
  [open, closed] = await Promise.all([startMcpServer(), startMcpServer({ isProtected: true })]);
  const allowed = [open, closed].map(({ url }) => new URL(url).host).join(',');
  engine = await startEngine({
    variables: {
      HUB_EGRESS_ALLOW: allowed,
      HUB_MCP_COMMANDS: JSON.stringify({
        everything: ['node', 'node_modules/@modelcontextprotocol/server-everything/dist/index.js', 'stdio'],
      }),
    },
  });
  ada = engine.ada;
  bob = await engine.hub.createPerson();
});
afterEach(() => engine.model.assertUsedUp());
afterAll(async () => {
  await engine.close();
  await Promise.all([open.close(), closed.close()]);
});

describe('an MCP server', () => {
  test('is connected with all its tools, and its resources and prompts as two more', async () => {
    const toolset = await createToolset(ada, { kind: 'mcp', url: open.mcpUrl, name: 'Workbench' });
    expect(toolset).toMatchObject({ slug: 'workbench', kind: 'mcp', needsSignIn: false, problem: null });
    const effects = Object.fromEntries(toolset.tools.map(({ name, effect }) => [name, effect]));
    expect(effects).toMatchObject({
      read: 'read',
      write: 'write',
      'tool-99': 'write',
      read_resource: 'read',
      get_prompt: 'read',
    });
    expect(toolset.skipped).toMatchObject([{ operation: 'enormous' }]);
    const told = Object.fromEntries(toolset.tools.map(({ name, description }) => [name, description]));
    expect(told['read_resource']).toContain('memo://1 (memo); memo://{number} (any memo)');
    expect(told['get_prompt']).toContain('greet(who, tone?): Says hello.');
    await patchToolset(ada, toolset.id, { enabled: ['read', 'image', 'error', 'read_resource', 'get_prompt'] });
    const resource = await callTool(ada, 'workbench/read_resource', { uri: 'memo://1' });
    expect(JSON.stringify(resource.body.output)).toContain('the memo memo://1');
    const prompt = await callTool(ada, 'workbench/get_prompt', { name: 'greet', arguments: { who: 'Ada' } });
    expect(JSON.stringify(prompt.body.output)).toContain('Greet Ada');
    const failed = await callTool(ada, 'workbench/error');
    expect(failed.body).toMatchObject({ isError: true, output: { error: 'The printer is on fire.' } });
  });

  test('fills in its prompts for whoever may talk to an agent that was given them', async () => {
    const { slug, id } = await createToolset(ada, { kind: 'mcp', url: open.mcpUrl, name: 'Prompts' });
    await patchToolset(ada, id, { enabled: ['read', 'get_prompt'] });
    const tool = `${slug}/get_prompt`;
    const helper = await createAgent(ada, { name: 'Greeter', definition: { tools: [{ id: tool }] } });
    const url = `/api/agents/${helper.handle}/prompts`;
    const greet = {
      name: 'greet',
      title: 'greet',
      description: 'Says hello.',
      tool,
      toolset: 'Prompts',
      parameters: [
        { name: 'who', description: '', isRequired: true },
        { name: 'tone', description: '', isRequired: false },
      ],
    };
    expect((await ask(ada, { url })).body).toEqual({ items: [greet] });
    const fill = (person: typeof ada, given: object) =>
      ask<Problem & FilledPrompt>(person, { method: 'POST', url, payload: { tool, name: 'greet', ...given } });
    expect((await fill(ada, { arguments: { who: 'Bob' } })).body).toEqual({ text: 'Greet Bob', leftOut: 0 });
    expect((await fill(ada, { arguments: { who: 'Bob', tone: 'shown' } })).body).toEqual({
      text: 'User: Greet Bob\n\nAssistant: Hello.',
      leftOut: 1,
    });
    expect((await fill(ada, { arguments: { tone: 'warm' } })).body).toMatchObject({
      code: 'validation_failed',
      errors: [{ path: 'body.arguments.who' }],
    });
    expect((await fill(ada, { name: 'insult' })).status).toBe(404);
    expect((await ask(bob, { url })).status, 'of a private agent').toBe(404);
    expect((await fill(bob, { arguments: { who: 'Bob' } })).status).toBe(404);

    const fixedParameters = { name: 'greet', arguments: { who: 'Eve' } };
    const changes = {
      access: { visibility: 'members' },
      tools: [{ id: `${slug}/read` }, { id: tool, fixedParameters }],
    };
    await patchDraft(ada, helper.handle, { revision: '*', changes });
    await publish(ada, helper.handle);
    const [shared] = (await ask<{ items: AgentPrompt[] }>(bob, { url })).body.items;
    expect(
      shared?.parameters.map(({ name }) => name),
      'what the creator fixed is not asked',
    ).toEqual(['tone']);
    expect((await fill(bob, { arguments: { who: 'Bob' } })).body.text).toBe('Greet Eve');
    expect((await ask(bob, { url: `${url}?version=draft` })).status).toBe(403);

    await patchDraft(ada, helper.handle, { revision: '*', changes: { tools: [{ id: `${slug}/read` }] } });
    expect((await ask(ada, { url: `${url}?version=draft` })).body).toEqual({ items: [] });
    await ada.inject({ method: 'DELETE', url: `/api/toolsets/${id}` });
  });

  test('serves runs: texts are data for the model, images files for the person', async () => {
    const agent = await createRunAgent(ada, {
      tools: [{ id: 'workbench/read' }, { id: 'workbench/image', approval: 'never' }],
    });
    engine.model.script(
      {
        toolCalls: [
          { id: 'c1', name: 'read', arguments: { text: 'hi' } },
          { id: 'c2', name: 'image', arguments: {} },
        ],
      },
      { text: 'Both.' },
    );
    const { run } = await startRun(ada, agent, { input: 'Go' });
    expect(run).toMatchObject({ status: 'completed', output: 'Both.' });
    expect(toldToModel()[0]).toMatch(/untrusted data[^]*read: \{"text":"hi"\}/);
    const [artifact] = run.artifacts;
    expect(artifact).toMatchObject({ kind: 'image', mediaType: 'image/png' });
    const file = await ada.inject({ url: `/api/files/${artifact?.kind === 'image' ? artifact.file : ''}` });
    expect([file.statusCode, file.headers['content-type']]).toEqual([200, 'image/png']);
  });

  test('keeps the choice of tools when they are loaded anew', async () => {
    const [toolset] = (await ask<{ items: { id: string }[] }>(ada, { url: '/api/toolsets' })).body.items;
    const loaded = await ask<{ enabledCount: number }>(ada, {
      method: 'POST',
      url: `/api/toolsets/${toolset?.id}/load`,
      payload: {},
    });
    expect([loaded.status, loaded.body.enabledCount]).toEqual([200, 5]);
  });

  test.each([
    ['http://169.254.169.254/mcp', 'egress_refused'],
    ['http://10.0.0.1/mcp', 'egress_refused'],
  ])('at %s is refused', async (url, code) => {
    const { status, body } = await postToolset(ada, { kind: 'mcp', url });
    expect([status, body.code, body.errors?.[0]?.path]).toEqual([400, code, 'body.url']);
  });

  test('may be a command that the operator allows, and no other', async () => {
    const toolset = await createToolset(ada, { kind: 'mcp', command: 'everything' });
    expect(toolset.tools.map(({ name }) => name)).toContain('echo');
    const echoed = await callTool(ada, `${toolset.slug}/echo`, { message: 'hello' });
    expect(JSON.stringify(echoed.body.output)).toContain('hello');
    const other = await postToolset(ada, { kind: 'mcp', command: 'bash' });
    expect([other.status, other.body.errors?.[0]?.path]).toEqual([400, 'body.command']);
  });
});

describe('a sign-in with a service', () => {
  test('opens a protected MCP server to its person, once for each state', async () => {
    const toolset = await createToolset(ada, {
      kind: 'mcp',
      url: closed.mcpUrl,
      name: 'Vault',
      credential: { kind: 'authorization-code' },
    });
    expect(toolset).toMatchObject({ needsSignIn: true, toolCount: 0 });
    const answer = await signIn(ada, toolset.id);
    // Somebody else who got hold of it can do nothing with it.
    expect((await endSignIn(bob, answer)).status).toBe(404);
    const { status, body } = await endSignIn(ada, answer);
    expect([status, body.needsSignIn, body.problem]).toEqual([200, false, null]);
    expect(body.toolCount).toBeGreaterThan(100);
    expect((await endSignIn(ada, answer)).status).toBe(404);
    await patchToolset(ada, toolset.id, { enabled: ['read'] });
    expect((await callTool(ada, 'vault/read', { text: 'gold' })).body.isError).toBe(false);
    const guard = await createRunAgent(ada, { tools: [{ id: 'vault/read' }] });
    closed.authorization.revokeAll();
    expect((await callTool(ada, 'vault/read', { text: 'gold' })).body).toMatchObject({ isError: true });
    expect((await getToolset(ada, toolset.id)).body.needsSignIn).toBe(true);
    const refused = await startRun(ada, guard, { input: 'Go' });
    expect([refused.status, refused.run.code]).toEqual([409, 'tool_unavailable']);
    expect(refused.run.detail).toMatch(/^"Vault" asks for a new sign-in/);
    expect((await endSignIn(ada, await signIn(ada, toolset.id))).status).toBe(200);
    expect((await callTool(ada, 'vault/read', { text: 'gold' })).body.isError).toBe(false);
    engine.model.script({ text: 'Done.' });
    expect((await startRun(ada, guard, { input: 'Go' })).run).toMatchObject({ status: 'completed' });
  });

  test('that the person refuses says so, and can be begun again', async () => {
    const toolset = await createToolset(ada, {
      kind: 'mcp',
      url: closed.mcpUrl,
      name: 'Refused',
      credential: { kind: 'authorization-code' },
    });
    const { state } = await signIn(ada, toolset.id);
    const { status, body } = await endSignIn(ada, { state, error: 'access_denied', error_description: 'No.' });
    expect([status, body.code]).toEqual([409, 'conflict']);
    expect((await getToolset(ada, toolset.id)).body.needsSignIn).toBe(true);
  });

  test('gives operations a token that is renewed when it is over', async () => {
    const { authorization } = closed;
    authorization.settings.clients.set('desk', null);
    authorization.settings.tokenSeconds = 1;
    const text = JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'Ledger', version: '1' },
      servers: [{ url: closed.url }],
      paths: { '/whoami': { get: { operationId: 'whoami', responses: {} } } },
    });
    const toolset = await createToolset(ada, {
      kind: 'openapi',
      text,
      credential: {
        kind: 'authorization-code',
        authorizationUrl: `${closed.url}/authorize`,
        tokenUrl: `${closed.url}/token`,
        clientId: 'desk',
      },
    });
    const before = await callTool(ada, 'ledger/whoami');
    expect(before.body).toMatchObject({ isError: true, output: { code: 'tool_unavailable' } });
    // Its description is for everybody to read.
    await ask(ada, { method: 'POST', url: `/api/toolsets/${toolset.id}/load`, payload: { text } });
    expect((await getToolset(ada, toolset.id)).body.needsSignIn).toBe(true);
    expect((await endSignIn(ada, await signIn(ada, toolset.id))).status).toBe(200);
    const tokens = authorization.requests.filter(({ path }) => path === '/token').length;
    // It holds for a second, which is less than what is kept in hand: each call renews it.
    await callTool(ada, 'ledger/whoami');
    const renewals = authorization.requests.filter(({ path }) => path === '/token').slice(tokens);
    expect(renewals.map(({ parameters }) => parameters['grant_type'])).toEqual(['refresh_token']);
    authorization.settings.tokenSeconds = 3600;
  });

  test('is of no use to a toolset that has none', async () => {
    const toolset = await createToolset(ada, { kind: 'mcp', url: open.mcpUrl, name: 'Open' });
    const { status, body } = await ask<{ code: string }>(ada, {
      method: 'POST',
      url: `/api/toolsets/${toolset.id}/sign-in`,
    });
    expect([status, body.code]).toEqual([409, 'conflict']);
  });
});

describe('an agent as a tool of another', () => {
  test('answers with its own tools, told below the call, and counts for the run', async () => {
    const helper = await createRunAgent(ada, { tools: [{ id: 'calculator' }] }, 'Counting helper');
    const agent = await createRunAgent(ada, { tools: [{ id: `agent/${helper}` }] }, 'Desk');
    engine.model.script(
      {
        toolCalls: [{ id: 'c1', name: helper, arguments: { task: 'What is 6 * 7?' } }],
        usage: { inputTokens: 10, outputTokens: 1 },
      },
      {
        toolCalls: [{ id: 'c1', name: 'calculator', arguments: { expression: '6 * 7' } }],
        usage: { inputTokens: 10, outputTokens: 1 },
      },
      { text: 'It is 42.', usage: { inputTokens: 10, outputTokens: 1 } },
      { text: 'The helper says 42.', usage: { inputTokens: 10, outputTokens: 1 } },
    );
    const { run } = await startRun(ada, agent, { input: 'Go' });
    expect(run).toMatchObject({ status: 'completed', output: 'The helper says 42.', usage: { inputTokens: 40 } });
    const tools = run.steps.filter((step) => step.kind === 'tool');
    expect(tools).toMatchObject([
      { call: 'c1', tool: `agent/${helper}`, parent: null, output: { answer: 'It is 42.' } },
      { call: 'c1/c1', tool: 'calculator', parent: 'c1', output: { result: '42' } },
    ]);
  });

  test('cannot be called from within itself', async () => {
    const first = await createAgent(ada, { name: 'Ouroboros' });
    const second = await createRunAgent(ada, { tools: [{ id: `agent/${first.handle}` }] }, 'Tail');
    await ask(ada, {
      method: 'PATCH',
      url: `/api/agents/${first.id}/draft`,
      headers: { 'if-match': '"1"' },
      payload: { tools: [{ id: `agent/${second}` }], model: { wishes: ['openai/test-model'] } },
    });
    engine.model.script(
      { toolCalls: [{ id: 'c1', name: 'ouroboros', arguments: { task: 'Bite.' } }] },
      { toolCalls: [{ id: 'c2', name: second, arguments: { task: 'Bite.' } }] },
      { text: 'I cannot.' },
      { text: 'It cannot.' },
    );
    const { run } = await startRun(ada, second, { input: 'Go' });
    const inner = run.steps.find((step) => step.kind === 'tool' && step.parent === 'c1');
    expect(inner).toMatchObject({ isError: true, output: { code: 'conflict' } });
    expect(run.output).toBe('It cannot.');
  });

  test('spends no more than what is left of the run', async () => {
    const helper = await createRunAgent(ada, { tools: [{ id: 'calculator' }] }, 'Thrifty helper');
    const agent = await createRunAgent(ada, {
      tools: [{ id: `agent/${helper}` }],
      budget: { maximumTokensPerRun: 100 },
    });
    engine.model.script(
      {
        toolCalls: [{ id: 'c1', name: helper, arguments: { task: 'Count.' } }],
        usage: { inputTokens: 60, outputTokens: 10 },
      },
      {
        toolCalls: [{ id: 'c2', name: 'calculator', arguments: { expression: '1' } }],
        usage: { inputTokens: 40, outputTokens: 10 },
      },
    );
    const { run } = await startRun(ada, agent, { input: 'Go' });
    expect(run).toMatchObject({ status: 'failed', error: { code: 'budget_exceeded' } });
    expect(run.steps).toContainEqual(expect.objectContaining({ call: 'c1', isError: true }));
  });

  test('is not there for somebody whose agent may not use it', async () => {
    const helper = await createRunAgent(ada, {}, 'Secret helper');
    const agent = await createRunAgent(bob, { tools: [{ id: `agent/${helper}` }] }, 'Curious desk');
    const { status, run } = await startRun(bob, agent, { input: 'Go' });
    expect([status, run.code]).toEqual([409, 'tool_unavailable']);
  });
});
