import { setTimeout as delay } from 'node:timers/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createMcpHandler, inputRequired, legacyStatelessFallback, Server } from '@modelcontextprotocol/server';
import type { Tool } from '@modelcontextprotocol/server';
import { createAuthorizationServer } from './authorization-server.ts';
import { startLocalServer } from './local-server.ts';

type Options = {
  /** Speaks only the revisions before 2026-07-28. */
  isLegacy?: boolean;
  /** Lets in only those whom its authorization server gave a token. */
  isProtected?: boolean;
};

const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const anyInput = { type: 'object' as const, properties: { text: { type: 'string', description: 'What to say' } } };
const sumOutput = {
  type: 'object' as const,
  properties: { sum: { type: 'number' }, unit: { type: 'string', pattern: '^(a+)+$' } },
  required: ['sum'],
};

const named: Tool[] = [
  { name: 'read', description: 'Reads\u202e.', inputSchema: anyInput, annotations: { readOnlyHint: true } },
  { name: 'write', title: 'Write', description: 'w'.repeat(10_000), inputSchema: anyInput },
  { name: 'sum', inputSchema: anyInput, outputSchema: sumOutput },
  { name: 'wrong-sum', inputSchema: anyInput, outputSchema: sumOutput },
  { name: 'enormous', inputSchema: { ...anyInput, description: 'x', examples: [{ text: 'y'.repeat(100_000) }] } },
  ...['slow', 'progress', 'error', 'refuse', 'image', 'ask', 'admin', 'learn'].map((name) => ({
    name,
    inputSchema: anyInput,
  })),
];
const tools = [...named, ...Array.from({ length: 100 }, (_, at) => ({ name: `tool-${at}`, inputSchema: anyInput }))];
const pageSize = 30;

const shownGreeting = [
  { role: 'user' as const, content: { type: 'image' as const, data: pixel, mimeType: 'image/png' } },
  { role: 'assistant' as const, content: { type: 'text' as const, text: 'Hello\u202e.' } },
];

/** What changes while the server runs. */
type Offered = { tools: Tool[]; ttlMs: number | null };

const text = (value: string) => ({ content: [{ type: 'text' as const, text: value }] });

function createServer(cancelled: string[], offered: Offered): Server {
  const server = new Server(
    { name: 'workbench', version: '1.2.3' },
    {
      capabilities: { tools: { listChanged: true }, resources: {}, prompts: {} },
      instructions: 'Read before you write.',
    },
  );
  server.setRequestHandler('tools/list', ({ params }) => {
    const start = Number(params?.cursor ?? 0);
    const next = start + pageSize;
    const all = [...tools, ...offered.tools];
    return {
      tools: all.slice(start, next),
      ...(offered.ttlMs === null ? {} : { ttlMs: offered.ttlMs }),
      ...(next < all.length ? { nextCursor: `${next}` } : {}),
    };
  });
  server.setRequestHandler('tools/call', async ({ params }, context) => {
    switch (params.name) {
      case 'slow':
        await delay(20_000, undefined, { signal: context.mcpReq.signal }).catch(() => cancelled.push('slow'));
        return text('late');
      case 'progress':
        for (const progress of [1, 2, 3]) {
          await context.mcpReq.notify({
            method: 'notifications/progress',
            params: {
              progressToken: params._meta?.progressToken ?? 0,
              progress,
              total: 3,
              message: `step ${progress}`,
            },
          });
        }
        return text('done');
      case 'learn':
        offered.tools.push({ name: 'learnt', inputSchema: anyInput });
        await context.mcpReq.notify({ method: 'notifications/tools/list_changed' });
        return text('learnt');
      case 'error':
        return { ...text('The printer is on fire.'), isError: true };
      case 'refuse':
        throw new Error('It cannot be done.');
      case 'ask':
        return inputRequired({ inputRequests: { name: inputRequired.listRoots() } });
      case 'image':
        return { content: [{ type: 'image' as const, data: pixel, mimeType: 'image/png' }] };
      case 'sum':
        return { ...text('3'), structuredContent: { sum: 3, unit: `${'a'.repeat(40)}!` } };
      case 'wrong-sum':
        return { ...text('three'), structuredContent: { sum: 'three' } };
      default:
        return text(`${params.name}: ${JSON.stringify(params.arguments ?? {})}`);
    }
  });
  server.setRequestHandler('resources/list', () => ({
    resources: [{ uri: 'memo://1', name: 'memo', mimeType: 'text/plain' }],
  }));
  server.setRequestHandler('resources/templates/list', () => ({
    resourceTemplates: [{ uriTemplate: 'memo://{number}', name: 'any memo' }],
  }));
  server.setRequestHandler('resources/read', ({ params }) => ({
    contents: [{ uri: params.uri, mimeType: 'text/plain', text: `the memo ${params.uri}` }],
  }));
  server.setRequestHandler('prompts/list', () => ({
    prompts: [
      { name: 'greet', description: 'Says hello.', arguments: [{ name: 'who', required: true }, { name: 'tone' }] },
    ],
  }));
  server.setRequestHandler('prompts/get', ({ params: { arguments: given = {} } }) => ({
    messages: [
      { role: 'user' as const, content: { type: 'text' as const, text: `Greet ${given['who']}` } },
      ...(given['tone'] === 'shown' ? shownGreeting : []),
    ],
  }));
  return server;
}

/** Ways in which a call of a tool of that name goes wrong before MCP is spoken. */
const faults: Record<string, (response: ServerResponse) => void> = {
  'answers-500': (response) => void response.writeHead(500).end('no'),
  'answers-403': (response) => void response.writeHead(403).end('no'),
  'answers-garbage': (response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{"jso'),
  'answers-html': (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Welcome</p>'),
  'is-silent': () => undefined,
  'is-cut': (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': wait\n\n');
    setTimeout(() => response.destroy(), 20);
  },
  'ends-early': (response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).end(': no\n\n'),
  redirects: (response) => void response.writeHead(307, { location: 'http://169.254.169.254/latest' }).end(),
  'is-huge': (response) => sendHuge(response),
};

function sendHuge(response: ServerResponse) {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const piece = `data: ${'x'.repeat(1024 * 1024)}`;
  let left = 200;
  const write = () => {
    while (left > 0 && !response.destroyed) {
      left -= 1;
      if (!response.write(piece)) return void response.once('drain', write);
    }
    response.end();
  };
  write();
}

async function toRequest(incoming: IncomingMessage, origin: string, signal: AbortSignal): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers = Object.entries(incoming.headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as [string, string]] : [],
  );
  const hasBody = incoming.method !== 'GET' && incoming.method !== 'HEAD';
  return new Request(new URL(incoming.url ?? '/', origin), {
    method: incoming.method ?? 'GET',
    headers,
    signal,
    ...(hasBody ? { body: Buffer.concat(chunks) } : {}),
  });
}

async function send(answer: Response, response: ServerResponse) {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  const reader = answer.body?.getReader();
  response.on('close', () => void reader?.cancel().catch(() => {}));
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read())
    response.write(part.value);
  response.end();
}

export type McpTestServer = Awaited<ReturnType<typeof startMcpServer>>;

/** An MCP server on 127.0.0.1 at `/mcp`, of revision 2026-07-28 unless told otherwise, with an authorization server beside. */
export async function startMcpServer({ isLegacy = false, isProtected = false }: Options = {}) {
  const cancelled: string[] = [];
  const authorization = createAuthorizationServer(() => local.url);
  const settings = { challenge: null as string | null, resourceMetadata: null as object | null };
  const received: { method: string; headers: Headers }[] = [];
  const offered: Offered = { tools: [], ttlMs: 60_000 };
  const factory = () => createServer(cancelled, offered);
  const modern = createMcpHandler(factory);
  const legacy = legacyStatelessFallback(factory);

  const challenge = (parameters: string) => ({
    'www-authenticate': `Bearer resource_metadata="${local.url}/.well-known/oauth-protected-resource/mcp", ${parameters}`,
  });

  async function answer(request: Request, response: ServerResponse): Promise<Response | null> {
    const { pathname } = new URL(request.url);
    if (pathname === '/.well-known/oauth-protected-resource/mcp') {
      return Response.json(
        settings.resourceMetadata ?? { resource: `${local.url}/mcp`, authorization_servers: [local.url] },
      );
    }
    const own = await authorization.answer(request);
    if (own !== null) return own;
    if (pathname !== '/mcp') return new Response('nothing here', { status: 404 });
    const body = request.method === 'POST' ? JSON.parse(await request.clone().text()) : {};
    received.push({ method: body.method ?? request.method, headers: request.headers });
    if (isProtected) {
      const token = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
      const granted = authorization.check(token);
      if (granted === null || granted.resource !== `${local.url}/mcp`) {
        const headers = { 'www-authenticate': settings.challenge ?? challenge('scope="basic"')['www-authenticate'] };
        return new Response(null, { status: 401, headers });
      }
      if (body.params?.name === 'admin' && !granted.scope.split(' ').includes('admin')) {
        return new Response(null, { status: 403, headers: challenge('error="insufficient_scope", scope="admin"') });
      }
    }
    const fault = body.method === 'tools/call' ? faults[body.params.name] : undefined;
    if (fault !== undefined) {
      fault(response);
      return null;
    }
    return isLegacy ? legacy(request) : modern.fetch(request);
  }

  const local = await startLocalServer((incoming, response) => {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    void toRequest(incoming, local.url, gone.signal)
      .then((request) => answer(request, response))
      .then((given) => (given === null ? undefined : send(given, response)))
      .catch(() => response.destroy());
  });
  return { ...local, mcpUrl: `${local.url}/mcp`, authorization, settings, offered, received, cancelled };
}
