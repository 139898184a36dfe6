import type { ChangePasswordInput } from '#server/contract/account.ts';
import { request } from '#web/lib/api-client.ts';

export function changePassword(input: ChangePasswordInput): Promise<void> {
  return request({ path: '/api/profile/password', method: 'POST', body: input });
}
