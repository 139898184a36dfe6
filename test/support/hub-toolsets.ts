import type { Problem } from '#server/contract/problem.ts';
import type { ToolCall } from '#server/contract/tool.ts';
import type { ToolsetWithTools } from '#server/contract/toolset.ts';
import { ask } from './agent-requests.ts';
import type { TestPerson } from './build-test-app.ts';

type Asker = Pick<TestPerson, 'inject'>;

export const postToolset = (person: Asker, payload: object) =>
  ask<ToolsetWithTools & Problem>(person, { method: 'POST', url: '/api/toolsets', payload });

export async function createToolset(person: Asker, payload: object): Promise<ToolsetWithTools> {
  const { status, body } = await postToolset(person, payload);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body;
}

export const patchToolset = (person: Asker, id: string, payload: object) =>
  ask<ToolsetWithTools & Problem>(person, { method: 'PATCH', url: `/api/toolsets/${id}`, payload });

export const getToolset = (person: Asker, id: string) =>
  ask<ToolsetWithTools & Problem>(person, { url: `/api/toolsets/${id}` });

export const callTool = (person: Asker, tool: string, input: object = {}) =>
  ask<ToolCall & Problem>(person, { method: 'POST', url: '/api/tools/call', payload: { tool, input } });

/** Follows a sign-in as a browser does, and hands back what the service sent the person back with. */
export async function signIn(person: Asker, toolset: string): Promise<Record<string, string>> {
  const begun = await ask<{ url: string } & Problem>(person, {
    method: 'POST',
    url: `/api/toolsets/${toolset}/sign-in`,
  });
  if (begun.status !== 200) throw new Error(JSON.stringify(begun.body));
  const answer = await fetch(begun.body.url, { redirect: 'manual' });
  return Object.fromEntries(new URL(answer.headers.get('location') ?? '').searchParams);
}

export const endSignIn = (person: Asker, payload: object) =>
  ask<ToolsetWithTools & Problem>(person, { method: 'POST', url: '/api/toolset-sign-ins', payload });
