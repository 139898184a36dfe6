import { request } from '#web/lib/api-client.ts';

export function deleteKey(key: string): Promise<void> {
  return request({ path: `/api/keys/${encodeURIComponent(key)}`, method: 'DELETE' });
}
