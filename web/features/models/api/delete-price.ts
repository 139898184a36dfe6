import { request } from '#web/lib/api-client.ts';

/** Gives a model its shipped price back, or none. */
export function deletePrice(model: string): Promise<void> {
  return request({ path: `/api/models/prices/${encodeURIComponent(model)}`, method: 'DELETE' });
}
