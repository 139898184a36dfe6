import type { InjectOptions } from 'fastify';
import type { Agent, AgentSummary } from '#server/contract/agent.ts';
import type { Page } from '#server/contract/page.ts';
import type { Problem } from '#server/contract/problem.ts';
import type { TestPerson } from './build-test-app.ts';

type Asker = Pick<TestPerson, 'inject'>;

/** An answer with its body; a body that is a problem has `code` and `errors`. */
export async function ask<Body = Agent & Problem>(person: Asker, options: InjectOptions) {
  const response = await person.inject(options);
  return {
    status: response.statusCode,
    headers: response.headers,
    body: (response.body === '' ? null : response.json()) as Body,
  };
}

export async function createAgent(person: Asker, payload: object = { name: 'Ledger Desk' }): Promise<Agent> {
  const { status, body } = await ask(person, { method: 'POST', url: '/api/agents', payload });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body;
}

export function patchDraft(
  person: Asker,
  agent: string,
  { revision, changes }: { revision?: number | string; changes: object },
) {
  const headers =
    revision === undefined ? {} : { 'if-match': typeof revision === 'number' ? `"${revision}"` : revision };
  return ask(person, { method: 'PATCH', url: `/api/agents/${agent}/draft`, headers, payload: changes });
}

export function publish(person: Asker, agent: string, note = '') {
  return ask(person, { method: 'POST', url: `/api/agents/${agent}/publish`, payload: { note } });
}

/** An agent with one version that others may use. */
export async function createPublished(
  person: Asker,
  {
    name,
    visibility = 'hub',
    licence = 'all-rights-reserved',
  }: { name: string; visibility?: string; licence?: string },
) {
  const agent = await createAgent(person, { name, definition: { access: { visibility, licence } } });
  await publish(person, agent.id);
  return agent;
}

export const listAgents = (person: Asker, query = '') =>
  ask<Page<AgentSummary>>(person, { url: `/api/agents${query}` });

/** A multipart body with one file. */
export function toUpload(
  bytes: Uint8Array,
  { name = 'agent.zip', mediaType = 'application/zip' }: { name?: string; mediaType?: string } = {},
) {
  const boundary = 'atrium-test-boundary';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${mediaType}\r\n\r\n`;
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}

export const importZip = (person: Asker, bytes: Uint8Array) =>
  ask(person, { method: 'POST', url: '/api/agents/import', ...toUpload(bytes) });
