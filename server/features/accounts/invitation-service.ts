import { v7 } from 'uuid';
import type {
  AcceptInvitationInput,
  CreatedInvitation,
  CreateInvitationInput,
  Invitation,
} from '#server/contract/account.ts';
import type { Actor } from '#server/contract/actor.ts';
import type { Page, PageQuery } from '#server/contract/page.ts';
import { readPageCursor, toPage } from '#server/page-cursor.ts';
import { emailTaken, invitationNotFound, invitationNotOpen, onlyAdministrators } from './account-errors.ts';
import { canAdminister } from './account-policy.ts';
import type { AccountRepository } from './account-repository.ts';
import type { AccountService, SessionAnswer } from './account-service.ts';
import type { InvitationRepository } from './invitation-repository.ts';
import { createOneTimeToken, hashOneTimeToken } from './one-time-token.ts';
import type { Client, SessionKeeper } from './session-keeper.ts';

const lifeMs = 7 * 24 * 60 * 60 * 1000;

type Needs = {
  repository: InvitationRepository;
  people: Pick<AccountRepository, 'findPersonByEmail'>;
  sessions: Pick<SessionKeeper, 'hashPassword'>;
  accounts: Pick<AccountService, 'signIn'>;
};

/** Invitations: administrators make links that each give one person a place, within seven days. */
export function createInvitationService({ repository, people, sessions, accounts }: Needs) {
  return {
    /** The answer is the only place where the link's token is shown. */
    async createInvitation(actor: Actor, { email, role }: CreateInvitationInput): Promise<CreatedInvitation> {
      if (!canAdminister(actor)) throw onlyAdministrators();
      if ((await people.findPersonByEmail(email)) !== null) throw emailTaken(email);
      const { token, hash } = createOneTimeToken();
      const invitation = await repository.createInvitation({
        id: v7(),
        email: email.toLowerCase(),
        role,
        tokenHash: hash,
        invitedBy: actor.userId,
        expiresAt: new Date(Date.now() + lifeMs),
      });
      return { ...invitation, token };
    },

    async listInvitations(actor: Actor, { limit, cursor }: PageQuery): Promise<Page<Invitation>> {
      if (!canAdminister(actor)) throw onlyAdministrators();
      const found = await repository.listInvitations({ after: readPageCursor(cursor), limit: limit + 1 });
      return toPage(found, limit, ({ createdAt, id }) => ({ at: new Date(createdAt), id }));
    },

    async deleteInvitation(actor: Actor, id: string): Promise<Invitation> {
      if (!canAdminister(actor)) throw onlyAdministrators();
      const invitation = await repository.deleteInvitation(id);
      if (invitation === null) throw invitationNotFound();
      return invitation;
    },

    /** What a link offers, for the person who follows it. */
    async getOpenInvitation(token: string): Promise<Invitation> {
      const invitation = await repository.findOpenInvitation(hashOneTimeToken(token));
      if (invitation === null) throw invitationNotOpen();
      return invitation;
    },

    /** Gives the invited person a place and signs them in; the link is used up. */
    async acceptInvitation({ token, name, password }: AcceptInvitationInput, client: Client): Promise<SessionAnswer> {
      const tokenHash = hashOneTimeToken(token);
      const open = await repository.findOpenInvitation(tokenHash);
      if (open === null) throw invitationNotOpen();
      const passwordHash = await sessions.hashPassword(password);
      const outcome = await repository.acceptInvitation(tokenHash, { id: v7(), name, passwordHash });
      if (outcome === 'not-open') throw invitationNotOpen();
      if (outcome === 'email-taken') throw emailTaken(open.email);
      return accounts.signIn({ email: outcome.email, password }, client);
    },
  };
}
export type InvitationService = ReturnType<typeof createInvitationService>;
