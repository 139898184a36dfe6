import { request } from '#web/lib/api-client.ts';

/** Null lets the hub choose: the first connected model, else the offline planner. */
export function setDefaultModel(reference: string | null): Promise<void> {
  return request({ path: '/api/models/default', method: 'PUT', body: { reference } });
}
