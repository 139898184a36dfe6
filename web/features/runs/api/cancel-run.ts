import { request } from '#web/lib/api-client.ts';

export function cancelRun(run: string): Promise<void> {
  return request({ path: `/api/runs/${encodeURIComponent(run)}/cancel`, method: 'POST' });
}
