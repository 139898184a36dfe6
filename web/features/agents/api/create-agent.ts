import { Agent, type CreateAgentInput } from '#server/contract/agent.ts';
import { request } from '#web/lib/api-client.ts';

export function createAgent(input: CreateAgentInput): Promise<Agent> {
  return request({ path: '/api/agents', method: 'POST', body: input, schema: Agent });
}
