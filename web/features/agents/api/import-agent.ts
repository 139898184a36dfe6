import { Agent } from '#server/contract/agent.ts';
import { request } from '#web/lib/api-client.ts';

export function importAgent(file: File): Promise<Agent> {
  const body = new FormData();
  body.append('file', file);
  return request({ path: '/api/agents/import', method: 'POST', body, schema: Agent });
}
