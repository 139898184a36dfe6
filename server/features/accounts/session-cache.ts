import type { IncomingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
import type { Actor } from '#server/contract/actor.ts';
import { readSessionCookie, type SessionKeeper } from './session-keeper.ts';

const lifeMs = 30_000;

/**
 * Remembers for half a minute who a session cookie belongs to, so that a page's requests do not each ask the database.
 *
 * A sign-out or a changed role in another process is seen when that time is over.
 */
export function createSessionCache({ sessions }: { sessions: Pick<SessionKeeper, 'findSession'> }) {
  const actors = new LRUCache<string, Actor, IncomingHttpHeaders>({
    max: 10_000,
    ttl: lifeMs,
    fetchMethod: async (_cookie, _stale, { context }) => {
      const person = await sessions.findSession(context);
      return person === null ? undefined : { ...person, key: null };
    },
  });

  return {
    async find(headers: IncomingHttpHeaders): Promise<Actor | null> {
      const cookie = readSessionCookie(headers);
      return cookie === null ? null : ((await actors.fetch(cookie, { context: headers })) ?? null);
    },
    forgetCookie(headers: IncomingHttpHeaders) {
      const cookie = readSessionCookie(headers);
      if (cookie !== null) actors.delete(cookie);
    },
    forgetPerson(userId: string) {
      for (const [cookie, actor] of actors.entries()) if (actor.userId === userId) actors.delete(cookie);
    },
  };
}
