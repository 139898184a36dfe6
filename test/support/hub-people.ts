import { CreatedApiKey, type Scope } from '#server/contract/api-key.ts';
import type { Role } from '#server/contract/account.ts';
import type { TestApp, TestPerson } from './build-test-app.ts';

/** A person with the headers that their browser sends from the hub's own page. */
export type SignedInPerson = TestPerson & { headers: { cookie: string; origin: string } };
/** A key with the headers of a request that brings it. */
export type UsableKey = CreatedApiKey & { headers: { authorization: string } };

export function readCookie(setCookie: string | string[] | undefined): string {
  return [setCookie ?? []]
    .flat()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
}

export async function addPerson(hub: TestApp, role: Role): Promise<SignedInPerson> {
  const person = await hub.createPerson({ role });
  return { ...person, headers: { cookie: person.cookie, origin: 'http://localhost' } };
}

export async function addKey(
  person: SignedInPerson,
  input: { scopes: Scope[]; agents?: string[]; expiresAt?: string },
): Promise<UsableKey> {
  const answer = await person.inject({ method: 'POST', url: '/api/keys', payload: { name: 'test', ...input } });
  const created = CreatedApiKey.parse(answer.json());
  return { ...created, headers: { authorization: `Bearer ${created.key}` } };
}
