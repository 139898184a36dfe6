import { Agent, type UpdateDraftInput } from '#server/contract/agent.ts';
import { request } from '#web/lib/api-client.ts';
import { toAgentAddress } from './agent-address.ts';

/** @throws {ApiProblem} `precondition_failed`, if the draft is no longer at this revision. */
export function updateDraft(agent: string, revision: number, patch: UpdateDraftInput): Promise<Agent> {
  const headers = { 'if-match': `"${revision}"` };
  return request({ path: toAgentAddress(agent, 'draft'), method: 'PATCH', headers, body: patch, schema: Agent });
}
