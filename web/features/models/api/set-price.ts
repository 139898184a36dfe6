import type { SetPriceInput } from '#server/contract/model.ts';
import { request } from '#web/lib/api-client.ts';

export function setPrice(input: SetPriceInput): Promise<void> {
  return request({ path: '/api/models/prices', method: 'PUT', body: input });
}
