import { SessionState, type SetUpInput } from '#server/contract/account.ts';
import { request } from '#web/lib/api-client.ts';

export function setUp(input: SetUpInput): Promise<SessionState> {
  return request({ path: '/api/setup', method: 'POST', body: input, schema: SessionState });
}
