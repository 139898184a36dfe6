import type { IncomingMessage, ServerResponse } from 'node:http';
import { stringify } from 'yaml';
import { startLocalServer } from './local-server.ts';
import { sampleApiDescription } from './sample-api-description.ts';

/** What an operation received, as it came over the wire. */
export type Received = {
  method: string;
  path: string;
  query: string;
  headers: Record<string, string>;
  /** Bytes as Latin-1, so that none is lost. */
  body: string;
};

/** What the operations under `/secure` ask for. */
export const sampleCredentials = { key: 'sample-key-1', token: 'sample-token-1', user: 'ada', password: 'enchantress' };

export const hugeAnswerBytes = 30 * 1024 * 1024;

export type SampleApi = Awaited<ReturnType<typeof startSampleApi>>;

/**
 * A real HTTP service of 60 operations under `/v1`, which serves its own description at `/openapi.json` and
 * `/openapi.yaml`. Operations answer with what they received, but for those under `/secure` and `/answers`.
 */
export async function startSampleApi() {
  const received: Received[] = [];
  const server = await startLocalServer((request, response) => {
    answer(request, response, received).catch(() => response.destroy());
  });
  return { ...server, received, descriptionUrl: `${server.url}/openapi.json`, serverUrl: `${server.url}/v1` };
}

async function answer(request: IncomingMessage, response: ServerResponse, all: Received[]) {
  const [, path = '', query = ''] = /^([^?]*)\??(.*)$/.exec(request.url ?? '') ?? [];
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const received: Received = {
    method: request.method ?? '',
    path,
    query,
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
    body: Buffer.concat(pieces).toString('latin1'),
  };
  all.push(received);
  if (path === '/openapi.json') return void sendJson(response, 200, sampleApiDescription);
  if (path === '/openapi.yaml') {
    response.setHeader('content-type', 'application/yaml');
    return void response.end(stringify(sampleApiDescription, { aliasDuplicateObjects: false }));
  }
  if (path.startsWith('/v1/secure/') && !isSignedIn(path.slice('/v1/secure/'.length), received))
    return void sendJson(response, 401, { error: 'Sign in first.' });
  if (path.startsWith('/v1/answers/')) return void sendAnswer(response, path.slice('/v1/answers/'.length));
  sendJson(response, path.startsWith('/v1/') ? 200 : 404, received);
}

function isSignedIn(scheme: string, { headers, query }: Received): boolean {
  const { key, token, user, password } = sampleCredentials;
  switch (scheme) {
    case 'key-header':
      return headers['x-sample-key'] === key;
    case 'key-query':
      return new URLSearchParams(query).get('sample_key') === key;
    case 'key-cookie':
      return (headers['cookie'] ?? '').split('; ').includes(`sample_key=${key}`);
    case 'bearer':
      return headers['authorization'] === `Bearer ${token}`;
    default:
      return headers['authorization'] === `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  }
}

/** A slow answer never comes; its connection is closed with the server. */
function sendAnswer(response: ServerResponse, kind: string) {
  const typed = (type: string, body: string | Buffer) => response.setHeader('content-type', type).end(body);
  switch (kind) {
    case 'slow':
      return undefined;
    case 'huge':
      return typed('application/json', `"${'a'.repeat(hugeAnswerBytes)}"`);
    case 'moved':
      return response.writeHead(302, { location: '/v1/items/7' }).end();
    case 'moved-inside':
      return response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end();
    case 'empty':
      return response.writeHead(204).end();
    case 'picture':
      return typed('image/png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255]));
    case 'garbage':
      return typed('application/json', '{"unfinished": ');
    case 'deep':
      return typed('application/json', `${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    case 'text':
      return typed('text/plain; charset=gb18030', Buffer.from([0xc4, 0xe3, 0xba, 0xc3]));
    default:
      return sendStatus(response, Number(kind.replace('status/', '')));
  }
}

function sendStatus(response: ServerResponse, status: number) {
  response.setHeader('retry-after', '7');
  sendJson(response, status, { error: `This is a ${status}.\u202e`, more: 'x'.repeat(10_000) });
}

function sendJson(response: ServerResponse, status: number, value: unknown) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
