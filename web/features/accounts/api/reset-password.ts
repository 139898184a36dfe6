import { type ResetPasswordInput, SessionState } from '#server/contract/account.ts';
import { request } from '#web/lib/api-client.ts';

export function resetPassword(input: ResetPasswordInput): Promise<SessionState> {
  return request({ path: '/api/password-resets/accept', method: 'POST', body: input, schema: SessionState });
}
