import { request } from '#web/lib/api-client.ts';
import { toAgentAddress } from './agent-address.ts';

/** Makes the draft what a version was. */
export function restoreVersion(agent: string, version: number): Promise<void> {
  return request({ path: toAgentAddress(agent, 'restore'), method: 'POST', body: { version } });
}
