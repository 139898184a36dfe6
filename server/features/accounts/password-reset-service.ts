import type { CreatedPasswordReset, PasswordReset, ResetPasswordInput } from '#server/contract/account.ts';
import type { Actor } from '#server/contract/actor.ts';
import { onlyAdministrators, passwordResetNotOpen, personNotFound } from './account-errors.ts';
import { canAdminister } from './account-policy.ts';
import type { AccountRepository } from './account-repository.ts';
import type { AccountService, SessionAnswer } from './account-service.ts';
import { hashOneTimeToken } from './one-time-token.ts';
import { createPasswordResetOpener } from './open-password-reset.ts';
import type { PasswordResetRepository } from './password-reset-repository.ts';
import type { Client, SessionKeeper } from './session-keeper.ts';

type Needs = {
  repository: PasswordResetRepository;
  people: Pick<AccountRepository, 'findPerson'>;
  sessions: Pick<SessionKeeper, 'hashPassword'>;
  accounts: Pick<AccountService, 'forgetPerson' | 'signIn'>;
};

/** Links to a new password: administrators make them, each works once, within a day. The hub sends no e-mail. */
export function createPasswordResetService({ repository, people, sessions, accounts }: Needs) {
  const open = createPasswordResetOpener({ repository });

  return {
    async createPasswordReset(actor: Actor, personId: string): Promise<CreatedPasswordReset> {
      if (!canAdminister(actor)) throw onlyAdministrators();
      const person = await people.findPerson(personId);
      if (person === null) throw personNotFound();
      return open(person);
    },

    /** Whose link it is, for the person who follows it. */
    async getOpenPasswordReset(token: string): Promise<PasswordReset> {
      const found = await repository.findOpenPasswordReset(hashOneTimeToken(token));
      const person = found === null ? null : await people.findPerson(found.userId);
      if (found === null || person === null) throw passwordResetNotOpen();
      return { name: person.name, email: person.email, expiresAt: found.expiresAt.toISOString() };
    },

    /** Stores the new password, ends the person's sessions everywhere, and signs them in here. */
    async resetPassword({ token, password }: ResetPasswordInput, client: Client): Promise<SessionAnswer> {
      const tokenHash = hashOneTimeToken(token);
      if ((await repository.findOpenPasswordReset(tokenHash)) === null) throw passwordResetNotOpen();
      const person = await repository.resetPassword(tokenHash, await sessions.hashPassword(password));
      if (person === null) throw passwordResetNotOpen();
      accounts.forgetPerson(person.id);
      return accounts.signIn({ email: person.email, password }, client);
    },
  };
}
export type PasswordResetService = ReturnType<typeof createPasswordResetService>;
