import { request } from '#web/lib/api-client.ts';
import { toAgentAddress } from './agent-address.ts';

export function deleteAgent(agent: string): Promise<void> {
  return request({ path: toAgentAddress(agent), method: 'DELETE', keepalive: true });
}
