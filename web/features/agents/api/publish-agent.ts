import { Agent } from '#server/contract/agent.ts';
import { request } from '#web/lib/api-client.ts';
import { toAgentAddress } from './agent-address.ts';

/** @throws {ApiProblem} `precondition_failed`, if the draft is no longer at this revision. */
export function publishAgent(agent: string, revision: number, note: string): Promise<Agent> {
  const headers = { 'if-match': `"${revision}"` };
  return request({ path: toAgentAddress(agent, 'publish'), method: 'POST', headers, body: { note }, schema: Agent });
}
