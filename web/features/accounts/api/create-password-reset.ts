import { CreatedPasswordReset } from '#server/contract/account.ts';
import { request } from '#web/lib/api-client.ts';

export function createPasswordReset(person: string): Promise<CreatedPasswordReset> {
  const path = `/api/people/${encodeURIComponent(person)}/password-reset`;
  return request({ path, method: 'POST', schema: CreatedPasswordReset });
}
