import type { CloseAccountInput } from '#server/contract/person-removal.ts';
import { request } from '#web/lib/api-client.ts';

export function closeAccount(input: CloseAccountInput): Promise<void> {
  return request({ path: '/api/profile/removal', method: 'POST', body: input });
}
