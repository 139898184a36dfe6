import { type AcceptInvitationInput, SessionState } from '#server/contract/account.ts';
import { request } from '#web/lib/api-client.ts';

export function acceptInvitation(input: AcceptInvitationInput): Promise<SessionState> {
  return request({ path: '/api/invitations/accept', method: 'POST', body: input, schema: SessionState });
}
