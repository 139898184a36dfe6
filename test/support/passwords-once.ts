import { hashPassword, verifyPassword } from 'better-auth/crypto';
import type { Passwords } from '#server/features/accounts/session-keeper.ts';

const hashes = new Map<string, Promise<string>>();

/**
 * The real hashes, each computed once for all hubs of a worker: hashing is slow on purpose, and people of tests share
 * their passwords. A wrong password, and a hash that was not made here, are checked as ever.
 */
export const passwordsOnce: Passwords = {
  hash: (password) => {
    const known = hashes.get(password) ?? hashPassword(password);
    hashes.set(password, known);
    return known;
  },
  verify: async ({ hash, password }) =>
    (await hashes.get(password)) === hash || (await verifyPassword({ hash, password })),
};
