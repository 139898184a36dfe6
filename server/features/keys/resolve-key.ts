import { LRUCache } from 'lru-cache';
import type { Actor } from '#server/contract/actor.ts';
import { keyExpired } from './key-errors.ts';
import type { KeyHolder, KeyRepository } from './key-repository.ts';
import { hashKey, isKey } from './key-secret.ts';

const lifeMs = 10_000;

type Resolved = { actor: Actor & { key: NonNullable<Actor['key']> }; expiresAt: Date | null };

function toResolved({ id, scopes, agentIds, expiresAt, person }: KeyHolder): Resolved {
  return {
    actor: { userId: person.id, name: person.name, role: person.role, key: { id, scopes, agentIds } },
    expiresAt,
  };
}

type Needs = { repository: Pick<KeyRepository, 'findHolder'>; countUse: (keyId: string) => void };

/**
 * Finds the actor behind a key, remembered by its hash for up to ten seconds.
 *
 * Keys that are not known are not remembered: a new one works at once. A key deleted in another process works on for
 * at most those ten seconds; an expiry is looked at on every request.
 */
export function createKeyResolver({ repository, countUse }: Needs) {
  let forgotten = 0;
  const known = new LRUCache<string, Resolved>({
    max: 10_000,
    ttl: lifeMs,
    fetchMethod: async (hash) => {
      let holder: KeyHolder | null;
      let before: number;
      // What was read before a deletion may not be remembered after it.
      do {
        before = forgotten;
        holder = await repository.findHolder(hash);
      } while (forgotten !== before);
      return holder === null ? undefined : toResolved(holder);
    },
  });

  function forget(matches: (actor: Resolved['actor']) => boolean) {
    forgotten += 1;
    for (const [hash, { actor }] of known.entries()) if (matches(actor)) known.delete(hash);
  }

  async function resolveKey(bearer: string): Promise<Actor | null> {
    const resolved = isKey(bearer) ? await known.fetch(hashKey(bearer)) : undefined;
    if (resolved === undefined) return null;
    const { actor, expiresAt } = resolved;
    if (expiresAt !== null && expiresAt.getTime() <= Date.now()) throw keyExpired(expiresAt);
    countUse(actor.key.id);
    return actor;
  }

  return {
    resolveKey,
    forgetKey: (id: string) => forget((actor) => actor.key.id === id),
    forgetPerson: (userId: string) => forget((actor) => actor.userId === userId),
  };
}
