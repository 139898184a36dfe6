import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createEgress } from '#server/platform/egress/create-egress.ts';
import { createMcpClients } from '#server/platform/mcp/create-mcp-clients.ts';
import type { McpServer } from '#server/platform/mcp/mcp-server.ts';
import { findFreePort } from '#test/support/find-free-port.ts';
import { startMcpServer } from '#test/support/mcp-server.ts';
import type { McpTestServer } from '#test/support/mcp-server.ts';

const signal = new AbortController().signal;
const limits = { connectMs: 20_000, listMs: 20_000, resumeMs: 100, resultBytes: 4 * 1024 * 1024 };

function openClients(...entries: string[]) {
  const egress = createEgress({ allowed: entries });
  return createMcpClients({ fetch: egress.streamingFetch, version: '0.0.0', limits });
}

const toServer = (url: string, headers: Record<string, string> = {}): McpServer => ({
  key: url,
  target: { kind: 'http', url, headers },
  authorization: null,
});

const callOf = (name: string, more: { timeoutMs?: number; signal?: AbortSignal } = {}) => ({
  name,
  input: { text: 'hello' },
  signal,
  timeoutMs: 20_000,
  ...more,
});

describe.each([
  ['revision 2026-07-28', false, '2026-07-28'],
  ['an older revision', true, '2025-11-25'],
])('a server of %s', (_case, isLegacy, protocolVersion) => {
  let server: McpTestServer;
  let clients: ReturnType<typeof openClients>;
  let workbench: McpServer;

  beforeAll(async () => {
    server = await startMcpServer({ isLegacy });
    clients = openClients(server.entry);
    workbench = toServer(server.mcpUrl, { 'x-key': 'secret' });
  });
  afterAll(async () => {
    await clients.close();
    await server.close();
  });

  it('is described, over all pages, with its texts cut and its promises believed only as far as they go', async () => {
    const description = await clients.describe(workbench, { signal });
    expect(description).toMatchObject({
      name: 'workbench',
      version: '1.2.3',
      protocolVersion,
      instructions: 'Read before you write.',
      omittedTools: ['enormous'],
      resources: [{ uri: 'memo://1', name: 'memo', mediaType: 'text/plain' }],
      resourceTemplates: [{ uriTemplate: 'memo://{number}', name: 'any memo' }],
      prompts: [
        {
          name: 'greet',
          parameters: [
            { name: 'who', isRequired: true },
            { name: 'tone', isRequired: false },
          ],
        },
      ],
    });
    const tools = new Map(description.tools.map((tool) => [tool.name, tool]));
    expect(description.tools).toHaveLength(112);
    expect(tools.get('read')).toMatchObject({ effect: 'read', description: 'Reads.' });
    expect(tools.get('write')).toMatchObject({ effect: 'write', title: 'Write' });
    expect(tools.get('write')?.description).toHaveLength(4000);
    expect(tools.get('sum')?.outputSchema).toMatchObject({ required: ['sum'] });
    expect(tools.has('enormous')).toBe(false);
    expect(server.received.every(({ headers }) => headers.get('x-key') === 'secret')).toBe(true);
  });

  it('answers calls with text, images and structured output', async () => {
    expect(await clients.callTool(workbench, callOf('read'))).toEqual({
      isError: false,
      content: [{ type: 'text', text: 'read: {"text":"hello"}' }],
      structured: null,
    });
    const image = await clients.callTool(workbench, callOf('image'));
    expect(image.content).toEqual([{ type: 'image', mediaType: 'image/png', bytes: expect.any(Uint8Array) }]);
    expect(image.content[0]).toMatchObject({ bytes: expect.objectContaining({ length: 70 }) });
    const sum = await clients.callTool(workbench, callOf('sum'));
    expect(sum).toMatchObject({ isError: false, structured: { sum: 3 } });
  });

  it('turns failures of tools into results, and an output that its schema forbids too', async () => {
    expect(await clients.callTool(workbench, callOf('error'))).toMatchObject({
      isError: true,
      content: [{ text: 'The printer is on fire.' }],
    });
    expect(await clients.callTool(workbench, callOf('refuse'))).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining('It cannot be done.') }],
    });
    expect(await clients.callTool(workbench, callOf('wrong-sum'))).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining('output schema') }],
    });
  });

  it('tells how far it is', async () => {
    const steps: unknown[] = [];
    await clients.callTool(workbench, { ...callOf('progress'), reportProgress: (step) => steps.push(step) });
    expect(steps).toEqual([1, 2, 3].map((progress) => ({ progress, total: 3, message: `step ${progress}` })));
  });

  it('gives resources and prompts', async () => {
    expect(await clients.readResource(workbench, { uri: 'memo://7', signal })).toEqual([
      { uri: 'memo://7', mediaType: 'text/plain', content: { text: 'the memo memo://7' } },
    ]);
    expect(await clients.getPrompt(workbench, { name: 'greet', parameters: { who: 'Ada' }, signal })).toEqual({
      messages: [{ role: 'user', content: { type: 'text', text: 'Greet Ada' } }],
    });
  });

  it('is told when a call is cancelled, and the caller does not wait for it', async () => {
    const stop = new AbortController();
    const reason = new Error('enough');
    setTimeout(() => stop.abort(reason), 50);
    await expect(clients.callTool(workbench, callOf('slow', { signal: stop.signal }))).rejects.toBe(reason);
    if (!isLegacy) await expect.poll(() => server.cancelled, { timeout: 10_000 }).toEqual(['slow']);
    else await expect.poll(() => server.received.at(-1)?.method, { timeout: 10_000 }).toBe('notifications/cancelled');
  });

  it.each([
    ['answers-500', 'unavailable', /an error \(500\)/],
    ['answers-403', 'tool_unavailable', /Check the key/],
    ['answers-garbage', 'unavailable', /does not speak MCP as it should/],
    ['answers-html', 'unavailable', /does not speak MCP as it should/],
    ['is-cut', 'unavailable', /connection to 127\.0\.0\.1:\d+ failed/],
    ['ends-early', 'unavailable', /ended its answer without a result/],
    ['redirects', 'egress_refused', /redirect/],
    ['is-huge', 'payload_too_large', /larger than the 4 MB allowed/],
  ])('that %s is a failure with %s', async (name, code, message) => {
    const sentBefore = server.sentBytes();
    await expect(clients.callTool(workbench, callOf(name))).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    expect(server.sentBytes() - sentBefore).toBeLessThan(20 * 1024 * 1024);
  });

  it('that is silent is given up in time, and used again afterwards', async () => {
    await expect(clients.callTool(workbench, callOf('is-silent', { timeoutMs: 100 }))).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('no answer within 0.1 s'),
      cause: expect.objectContaining({ name: 'TimeoutError' }),
    });
    expect(await clients.callTool(workbench, callOf('read'))).toMatchObject({ isError: false });
  });
});

describe('connections', () => {
  it('offer a server nothing to ask for in the middle of a call', async () => {
    const server = await startMcpServer();
    const clients = openClients(server.entry);
    await expect(clients.callTool(toServer(server.mcpUrl), callOf('ask'))).rejects.toMatchObject({
      code: expect.stringMatching(/unavailable$/),
    });
    await clients.close();
    await server.close();
  });

  it('that are forgotten let the calls under way end', async () => {
    const server = await startMcpServer({ isLegacy: true });
    const clients = openClients(server.entry);
    const workbench = toServer(server.mcpUrl);
    const steps: unknown[] = [];
    const underWay = clients.callTool(workbench, {
      ...callOf('progress'),
      reportProgress: (step) => {
        if (steps.push(step) === 1) clients.forget(workbench.key);
      },
    });
    expect(await underWay).toMatchObject({ isError: false });
    await clients.callTool(workbench, callOf('read'));
    expect(server.received.filter(({ method }) => method === 'initialize')).toHaveLength(2);
    await clients.close();
    await server.close();
  });

  it('are opened once for all who come at the same time, and not again for the next', async () => {
    const server = await startMcpServer();
    const clients = openClients(server.entry);
    const workbench = toServer(server.mcpUrl);
    await Promise.all(Array.from({ length: 10 }, () => clients.callTool(workbench, callOf('read'))));
    await clients.callTool(workbench, callOf('read'));
    expect(server.received.filter(({ method }) => method === 'server/discover')).toHaveLength(1);
    clients.forget(workbench.key);
    await clients.callTool(workbench, callOf('read'));
    expect(server.received.filter(({ method }) => method === 'server/discover')).toHaveLength(2);
    await clients.close();
    await server.close();
  });

  it('that many servers need are closed when they are too many', async () => {
    const server = await startMcpServer();
    const egress = createEgress({ allowed: [server.entry] });
    const clients = createMcpClients({ fetch: egress.streamingFetch, version: '0', limits: { connections: 2 } });
    const keys = ['a', 'b', 'c'];
    for (const key of keys) await clients.callTool({ ...toServer(server.mcpUrl), key }, callOf('read'));
    const opened = () => server.received.filter(({ method }) => method === 'server/discover').length;
    expect(opened()).toBe(3);
    await clients.callTool({ ...toServer(server.mcpUrl), key: 'c' }, callOf('read'));
    expect(opened()).toBe(3);
    await clients.callTool({ ...toServer(server.mcpUrl), key: 'a' }, callOf('read'));
    expect(opened()).toBe(4);
    await clients.close();
    await server.close();
  });

  it.each([
    ['that nothing answers', 'http://127.0.0.1:9/mcp', 'unavailable', /Nothing answers/],
    ['that an administrator did not allow', 'http://127.0.0.1:8/mcp', 'egress_refused', /HUB_EGRESS_ALLOW/],
    ['of metadata of a cloud', 'http://169.254.169.254/mcp', 'egress_refused', /not on the public internet/],
  ])('to an address %s fail with words', async (_case, url, code, message) => {
    const clients = openClients('127.0.0.1:9');
    await expect(clients.describe(toServer(url), { signal })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    await clients.close();
  });

  it('to a page that is no MCP server say so', async () => {
    const server = await startMcpServer();
    const clients = openClients(server.entry);
    await expect(clients.describe(toServer(`${server.url}/page`), { signal })).rejects.toMatchObject({
      code: 'tool_unavailable',
      message: expect.stringContaining('Nothing at this address'),
    });
    await clients.close();
    await server.close();
  });
});

describe('a server from the registry', () => {
  const main = 'node_modules/@modelcontextprotocol/server-everything/dist/index.js';
  const children: ChildProcess[] = [];
  let port = 0;
  let olderPort = 0;

  async function start(transport: string): Promise<number> {
    const free = await findFreePort();
    const child = spawn(process.execPath, [main, transport], {
      env: { PATH: process.env['PATH'], PORT: String(free) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    children.push(child);
    await once(child.stderr, 'data');
    return free;
  }

  beforeAll(async () => {
    [port, olderPort] = await Promise.all([start('streamableHttp'), start('sse')]);
  });
  afterAll(() => children.forEach((child) => child.kill()));

  it('is described and called over HTTP, and a session that it forgot is opened again', async () => {
    const egress = createEgress({ allowed: [`127.0.0.1:${port}`] });
    const sessions = new Set<string>();
    const url = `http://127.0.0.1:${port}/mcp`;
    const clients = createMcpClients({
      version: '0.0.0',
      fetch: async (address, init) => {
        const response = await egress.streamingFetch(address, init);
        sessions.add(response.headers.get('mcp-session-id') ?? '');
        return response;
      },
    });
    const everything = toServer(url);
    const { tools, prompts, resourceTemplates } = await clients.describe(everything, { signal });
    expect(tools.map(({ name }) => name)).toContain('get-structured-content');
    expect(prompts.length).toBeGreaterThan(2);
    expect(resourceTemplates.length).toBeGreaterThan(0);
    const echo = () => clients.callTool(everything, { ...callOf('echo'), input: { message: 'hi' } });
    expect(await echo()).toMatchObject({ content: [{ type: 'text', text: 'Echo: hi' }] });

    const [session = ''] = [...sessions].filter((id) => id !== '');
    await egress.streamingFetch(url, { method: 'DELETE', headers: { 'mcp-session-id': session } });
    expect(await echo()).toMatchObject({ content: [{ type: 'text', text: 'Echo: hi' }] });
    expect([...sessions].filter((id) => id !== '')).toHaveLength(2);
    await clients.close();
    await egress.close();
  });

  it('is called over the transport of 2024', async () => {
    const egress = createEgress({ allowed: [`127.0.0.1:${olderPort}`] });
    const clients = createMcpClients({ fetch: egress.streamingFetch, version: '0.0.0', limits });
    const everything = toServer(`http://127.0.0.1:${olderPort}/sse`);
    const { tools, protocolVersion } = await clients.describe(everything, { signal });
    expect(tools.length).toBeGreaterThan(5);
    expect(protocolVersion).toMatch(/^202[45]-/);
    const echo = () => clients.callTool(everything, { ...callOf('echo'), input: { message: 'hi' } });
    expect(await Promise.all([echo(), echo()])).toMatchObject([{ isError: false }, { isError: false }]);
    await clients.close();
    await egress.close();
  });

  it('runs as a command with an environment that holds no secrets, and says which are not there', async () => {
    process.env['HUB_TEST_SECRET'] = 'do not hand on';
    const clients = openClients();
    const command: McpServer = {
      key: 'command',
      target: { kind: 'command', command: process.execPath, parameters: [main, 'stdio'] },
      authorization: null,
    };
    const { content } = await clients.callTool(command, { ...callOf('get-env'), input: {}, timeoutMs: 10_000 });
    delete process.env['HUB_TEST_SECRET'];
    const [environment] = content;
    const shown = z
      .record(z.string(), z.string())
      .parse(JSON.parse(environment?.type === 'text' ? environment.text : ''));
    const given = Object.keys(shown).filter((name) => shown[name] !== '');
    expect(given).toContain('PATH');
    expect(given.filter((name) => !['PATH', 'HOME'].includes(name))).toEqual([]);
    const missing = { ...command, key: 'missing', target: { ...command.target, command: '/nowhere/server' } };
    await expect(clients.describe(missing as McpServer, { signal })).rejects.toMatchObject({
      code: 'tool_unavailable',
      message: 'The command /nowhere/server is not there.',
    });
    await clients.close();
  });
});
