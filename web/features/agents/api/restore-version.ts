import { Agent } from '#server/contract/agent.ts';
import { request } from '#web/lib/api-client.ts';
import { toAgentAddress } from './agent-address.ts';

/** Makes the draft what a version was. */
export function restoreVersion(agent: string, version: number): Promise<Agent> {
  return request({ path: toAgentAddress(agent, 'restore'), method: 'POST', body: { version }, schema: Agent });
}
