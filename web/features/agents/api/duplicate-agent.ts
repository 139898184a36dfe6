import { Agent } from '#server/contract/agent.ts';
import { request } from '#web/lib/api-client.ts';
import { toAgentAddress } from './agent-address.ts';

/** A copy of an agent that belongs to the person who asks. */
export function duplicateAgent(agent: string, name?: string): Promise<Agent> {
  const body = name === undefined ? {} : { name };
  return request({ path: toAgentAddress(agent, 'duplicate'), method: 'POST', body, schema: Agent });
}
