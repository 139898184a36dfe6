import type { Actor } from '#server/contract/actor.ts';
import type { DuneAccess } from '#server/contract/sql-engine.ts';
import { isWholePerson } from '#server/is-whole-person.ts';
import type { DuneKeyRepository } from './dune-key-repository.ts';
import { queriesRefused } from './query-errors.ts';

type Needs = {
  repository: DuneKeyRepository;
  seal: (text: string, context: string) => string;
  open: (envelope: string, context: string) => string;
  now: () => Date;
};

const toContext = (ownerId: string) => `dune-key:${ownerId}`;
const shownEnd = 4;

/** Keeps a person's key for Dune, sealed; it serves the queries of that person alone. */
export function createDuneKeyService({ repository, seal, open, now }: Needs) {
  function toOwner(actor: Actor): string {
    if (!isWholePerson(actor)) throw queriesRefused();
    return actor.userId;
  }

  /** The key itself, for the engine; null where there is none. */
  async function find(ownerId: string): Promise<string | null> {
    const stored = await repository.find(ownerId);
    return stored === null ? null : open(stored.secret, toContext(ownerId));
  }

  async function read(ownerId: string): Promise<DuneAccess> {
    const stored = await repository.find(ownerId);
    if (stored === null) return { isConnected: false, keyEnd: null, updatedAt: null };
    const keyEnd = open(stored.secret, toContext(ownerId)).slice(-shownEnd);
    return { isConnected: true, keyEnd, updatedAt: stored.updatedAt.toISOString() };
  }

  return {
    find,
    isConnected: async (ownerId: string): Promise<boolean> => (await repository.find(ownerId)) !== null,

    /** @throws {HubError} `forbidden` */
    read: async (actor: Actor): Promise<DuneAccess> => read(toOwner(actor)),

    /** Takes the place of the key before it. @throws {HubError} `forbidden` */
    put: async (actor: Actor, apiKey: string): Promise<DuneAccess> => {
      const ownerId = toOwner(actor);
      await repository.put(ownerId, { secret: seal(apiKey, toContext(ownerId)), updatedAt: now() });
      return read(ownerId);
    },

    /** @throws {HubError} `forbidden` */
    remove: async (actor: Actor): Promise<void> => repository.remove(toOwner(actor)),
  };
}
export type DuneKeyService = ReturnType<typeof createDuneKeyService>;
