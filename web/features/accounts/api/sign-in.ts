import { SessionState, type SignInInput } from '#server/contract/account.ts';
import { request } from '#web/lib/api-client.ts';

export function signIn(input: SignInInput): Promise<SessionState> {
  return request({ path: '/api/session', method: 'POST', body: input, schema: SessionState });
}
