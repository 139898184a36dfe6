import { request } from '#web/lib/api-client.ts';

export function signOut(): Promise<void> {
  return request({ path: '/api/session', method: 'DELETE' });
}
