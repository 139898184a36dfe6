import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { request } from 'undici';
import type { ContractAudit } from '#server/contract/contract-audit.ts';
import type { Execution } from '#server/contract/execution.ts';
import type { ToolCall } from '#server/contract/tool.ts';
import { benchPerson } from './start-hub.ts';

const boundary = 'bench-of-faults';
const isWanted = (status: number) => status < 400;

export type HubSession = Awaited<ReturnType<typeof openSession>>;

/** What the bench's person does in a hub, over its REST door. */
export async function openSession(url: string) {
  const signedIn = await request(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(benchPerson),
  });
  await signedIn.body.dump();
  const cookie = [signedIn.headers['set-cookie'] ?? []].flat().map((one) => one.split(';')[0]);
  const headers = { origin: url, cookie: cookie.join('; ') };

  /** @throws {Error} with what the hub says, where it refuses */
  async function send<Answer>(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    { body, signal }: { body?: object; signal?: AbortSignal | undefined } = {},
  ): Promise<Answer> {
    const answer = await request(`${url}${path}`, {
      method,
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
    const text = await answer.body.text();
    if (!isWanted(answer.statusCode)) throw new Error(`${path} answered ${answer.statusCode}: ${text.slice(0, 500)}`);
    return (text === '' ? null : JSON.parse(text)) as Answer;
  }

  return {
    send,
    /** What the tool said. */
    callTool: async (tool: string, input: object, signal?: AbortSignal) =>
      JSON.stringify((await send<ToolCall>('POST', '/api/tools/call', { body: { tool, input }, signal })).output),
    /** Until it is over, by itself or stopped after a while: its fault, or its first row. */
    run: async (sql: string, stopAfterMs: number | null = null): Promise<string> => {
      const body = { sql, ...(stopAfterMs === null && { waitSeconds: 30 }) };
      let execution = await send<Execution>('POST', '/api/executions', { body });
      const path = `/api/executions/${execution.id}`;
      if (stopAfterMs !== null) {
        await wait(stopAfterMs);
        await send('POST', `${path}/cancel`, { body: {} });
      }
      do execution = await send<Execution>('GET', `${path}?waitSeconds=30`);
      while (execution.state === 'running');
      if (execution.state !== 'completed') return `${execution.state}: ${execution.fault?.message ?? ''}`;
      return JSON.stringify((await send<{ rows: unknown[][] }>('GET', `${path}/rows`)).rows[0]);
    },
    audit: async (content: string): Promise<string> => {
      const body = { files: [{ path: 'large.sol', content }] };
      const { report } = await send<ContractAudit>('POST', '/api/audits', { body });
      return `${report.findings.length} findings, compiled: ${report.compilation.status}`;
    },
    upload: async (bytes: number): Promise<string> => {
      const answer = await request(`${url}/api/datasets`, {
        method: 'POST',
        headers: { ...headers, 'content-type': `multipart/form-data; boundary=${boundary}` },
        body: Readable.from(toForm(bytes)),
      });
      const text = await answer.body.text();
      return answer.statusCode === 201 ? 'stored' : text;
    },
  };
}

/** In pieces, as a browser sends a file. */
function* toForm(bytes: number) {
  yield `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="rows.csv"\r\n\r\ntext,n\n`;
  const lines = `${randomBytes(60).toString('base64url')},42\n`.repeat(500);
  for (let written = 0; written < bytes; written += lines.length) yield lines;
  yield `\r\n--${boundary}--\r\n`;
}
