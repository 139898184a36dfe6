import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RunEvent } from '#server/contract/run-event.ts';
import { startLocalServer } from './local-server.ts';

export type HubRequest = {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: unknown;
};
export type HubAnswer = { status?: number; headers?: Record<string, string>; body?: unknown };
type Route = (request: HubRequest, response: ServerResponse) => HubAnswer | null;

/** Events of one run as the hub's log keeps them; whoever connects gets those that they lack, then each as it comes. */
export function createRunLog() {
  const events: RunEvent[] = [];
  const listeners = new Set<ServerResponse>();
  const write = (response: ServerResponse, event: RunEvent, index: number) =>
    response.write(`id: e${index}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  return {
    emit(...added: RunEvent[]) {
      for (const event of added) {
        events.push(event);
        listeners.forEach((response) => write(response, event, events.length - 1));
        if (event.type === 'run-end') listeners.forEach((response) => response.end());
      }
    },
    /** Ends every open connection in the middle, as a proxy does that gives up. */
    cut() {
      listeners.forEach((response) => response.end());
      listeners.clear();
    },
    listenerCount: () => listeners.size,
    open(request: HubRequest, response: ServerResponse): null {
      const last = request.headers['last-event-id'];
      const from = typeof last === 'string' ? Number(last.slice(1)) + 1 : 0;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      events.slice(from).forEach((event, index) => write(response, event, from + index));
      if (events.at(-1)?.type === 'run-end') {
        response.end();
        return null;
      }
      listeners.add(response);
      response.on('close', () => listeners.delete(response));
      return null;
    },
  };
}
export type RunLog = ReturnType<typeof createRunLog>;

/** A small hub whose answers a test writes; a request that it has no answer for is a 404 problem. */
export async function startScriptedHub() {
  const routes = new Map<string, Route>();
  const requests: HubRequest[] = [];
  const server = await startLocalServer((incoming, response) => {
    void readRequest(incoming).then((request) => {
      requests.push(request);
      const route = routes.get(`${request.method} ${request.path}`);
      const answer = route ? route(request, response) : { status: 404, body: problem(404, 'not_found', request.path) };
      if (answer) send(response, answer);
    });
  });
  return {
    url: server.url,
    requests,
    sent: (method: string, path: string) =>
      requests.filter((request) => request.method === method && request.path === path).map(({ body }) => body),
    answer(route: string, answer: HubAnswer | Route) {
      routes.set(route, typeof answer === 'function' ? answer : () => answer);
    },
    close: server.close,
  };
}
export type ScriptedHub = Awaited<ReturnType<typeof startScriptedHub>>;

export function problem(status: number, code: string, detail: string) {
  return { type: 'about:blank', title: detail, status, code, detail };
}

async function readRequest(incoming: IncomingMessage): Promise<HubRequest> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://hub');
  const isJson = incoming.headers['content-type']?.includes('json') ?? false;
  const body: unknown = isJson && text !== '' ? JSON.parse(text) : text;
  return { method: incoming.method ?? 'GET', path: pathname, query: searchParams, headers: incoming.headers, body };
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: HubAnswer) {
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  response.writeHead(status, { 'content-type': type, ...headers });
  response.end(body === undefined ? '' : JSON.stringify(body));
}
