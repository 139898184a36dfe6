import { request } from '#web/lib/api-client.ts';

export function endSession(session: string): Promise<void> {
  return request({ path: `/api/sessions/${encodeURIComponent(session)}`, method: 'DELETE' });
}

/** Ends all of the person's sessions but this browser's. */
export function endOtherSessions(): Promise<void> {
  return request({ path: '/api/sessions', method: 'DELETE' });
}
