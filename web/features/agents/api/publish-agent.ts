import { request } from '#web/lib/api-client.ts';
import { toAgentAddress } from './agent-address.ts';

export function publishAgent(agent: string, note: string): Promise<void> {
  return request({ path: toAgentAddress(agent, 'publish'), method: 'POST', body: { note } });
}
