import type { IncomingHttpHeaders } from 'node:http';
import type { ChangePasswordInput, Person, SignedInBrowsers, UpdateProfileInput } from '#server/contract/account.ts';
import type { Actor } from '#server/contract/actor.ts';
import { personNotFound, sessionNotFound, wrongCurrentPassword } from './account-errors.ts';
import type { AccountRepository } from './account-repository.ts';
import type { AccountService } from './account-service.ts';
import type { PasswordResetRepository } from './password-reset-repository.ts';
import type { Client, SessionKeeper } from './session-keeper.ts';
import type { SessionRepository } from './session-repository.ts';

type Needs = {
  people: Pick<AccountRepository, 'renamePerson'>;
  repository: SessionRepository;
  resets: Pick<PasswordResetRepository, 'closePasswordResets'>;
  sessions: Pick<SessionKeeper, 'changePassword' | 'findSessionId'>;
  accounts: Pick<AccountService, 'forgetPerson'>;
};

/** What people do with their own place on the hub: name, password, and the browsers in which they are signed in. */
export function createProfileService({ people, repository, resets, sessions, accounts }: Needs) {
  return {
    async updateProfile(actor: Actor, { name }: UpdateProfileInput): Promise<Person> {
      const person = await people.renamePerson(actor.userId, name);
      if (person === null) throw personNotFound();
      accounts.forgetPerson(actor.userId);
      return person;
    },

    /**
     * Ends all other sessions and makes open links to a new password useless; the answer has this browser's new cookie.
     *
     * @throws {HubError} `validation_failed` at `body.currentPassword`, if that is wrong
     */
    async changePassword(
      actor: Actor,
      input: ChangePasswordInput,
      { headers, client }: { headers: IncomingHttpHeaders; client: Client },
    ): Promise<{ setCookie: string[] }> {
      const changed = await sessions.changePassword(headers, input, client);
      if (changed === null) throw wrongCurrentPassword();
      await resets.closePasswordResets(actor.userId);
      accounts.forgetPerson(actor.userId);
      return changed;
    },

    async listSessions(actor: Actor, headers: IncomingHttpHeaders): Promise<SignedInBrowsers> {
      const [found, current] = await Promise.all([
        repository.listSessions(actor.userId),
        sessions.findSessionId(headers),
      ]);
      return { items: found.map((session) => ({ ...session, isCurrent: session.id === current })) };
    },

    async endSession(actor: Actor, id: string): Promise<void> {
      if (!(await repository.endSession(actor.userId, id))) throw sessionNotFound();
      accounts.forgetPerson(actor.userId);
    },

    /** Ends every session of the person but the one that asks. */
    async endOtherSessions(actor: Actor, headers: IncomingHttpHeaders): Promise<void> {
      const current = await sessions.findSessionId(headers);
      if (current === null) throw sessionNotFound();
      await repository.endOtherSessions(actor.userId, current);
      accounts.forgetPerson(actor.userId);
    },
  };
}
export type ProfileService = ReturnType<typeof createProfileService>;
