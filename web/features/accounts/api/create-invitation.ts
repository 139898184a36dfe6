import { CreatedInvitation, type CreateInvitationInput } from '#server/contract/account.ts';
import { request } from '#web/lib/api-client.ts';

export function createInvitation(input: CreateInvitationInput): Promise<CreatedInvitation> {
  return request({ path: '/api/invitations', method: 'POST', body: input, schema: CreatedInvitation });
}
