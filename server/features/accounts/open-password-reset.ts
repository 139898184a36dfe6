import type { CreatedPasswordReset, Person } from '#server/contract/account.ts';
import { createOneTimeToken } from './one-time-token.ts';
import type { PasswordResetRepository } from './password-reset-repository.ts';

const lifeMs = 24 * 60 * 60 * 1000;

type Needs = { repository: Pick<PasswordResetRepository, 'createPasswordReset'> };

/** Makes the one open link of a person to a new password; the answer is the only place where its token is shown. */
export function createPasswordResetOpener({ repository }: Needs) {
  return async ({ id, name, email }: Person): Promise<CreatedPasswordReset> => {
    const { token, hash } = createOneTimeToken();
    const expiresAt = new Date(Date.now() + lifeMs);
    await repository.createPasswordReset(id, hash, expiresAt);
    return { name, email, expiresAt: expiresAt.toISOString(), token };
  };
}
