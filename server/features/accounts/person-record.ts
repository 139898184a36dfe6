import { v7 } from 'uuid';
import { type Person, Role } from '#server/contract/account.ts';

export type NewPerson = { id: string; name: string; email: string; role: Role; passwordHash: string };

type PersonRecord = { id: string; name: string; email: string; role: string; createdAt: Date };

/** The part of a database client that adds a person; a transaction's client has it. */
type PersonWriter = {
  user: {
    create: (input: { data: { id: string; name: string; email: string; role: string } }) => Promise<PersonRecord>;
  };
  account: { create: (input: { data: Credential }) => Promise<unknown> };
};

type Credential = { id: string; accountId: string; providerId: string; userId: string; password: string };

/** The part of a database client that stores a password. */
type PasswordWriter = Pick<PersonWriter, 'account'> & {
  account: {
    updateMany: (input: {
      where: { userId: string; providerId: string };
      data: { password: string };
    }) => Promise<{ count: number }>;
  };
};

export function toPerson({ id, name, email, role, createdAt }: PersonRecord): Person {
  return { id, name, email, role: Role.parse(role), createdAt: createdAt.toISOString() };
}

/** Stores a person and the password as better-auth's provider `credential`; e-mail addresses are kept in small letters. */
export async function insertPerson(
  client: PersonWriter,
  { id, name, email, role, passwordHash }: NewPerson,
): Promise<Person> {
  const record = await client.user.create({ data: { id, name, email: email.toLowerCase(), role } });
  await client.account.create({ data: toCredential(id, passwordHash) });
  return toPerson(record);
}

/** Stores a new password; a person who had none so far gets their first. */
export async function storePassword(client: PasswordWriter, userId: string, passwordHash: string): Promise<void> {
  const changed = await client.account.updateMany({
    where: { userId, providerId: 'credential' },
    data: { password: passwordHash },
  });
  if (changed.count > 0) return;
  await client.account.create({ data: toCredential(userId, passwordHash) });
}

function toCredential(userId: string, password: string) {
  return { id: v7(), accountId: userId, providerId: 'credential', userId, password };
}

/** Whether a write failed as the e-mail address is somebody's (unique constraint, Prisma's P2002). */
export function isEmailTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'P2002';
}
