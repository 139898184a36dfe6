import { setTimeout as wait } from 'node:timers/promises';
import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import type { News } from '#server/contract/news.ts';
import { tooManyFollowers } from './news-errors.ts';
import type { KeptNews, NewsRepository } from './news-repository.ts';

type Needs = {
  /** Null where no other process can share the database. */
  repository: NewsRepository | null;
  now: () => Date;
  logError: (error: unknown, message: string) => void;
};

type Follower = { waiting: KeptNews[]; wake: () => void; end: () => void };

/** A page needs one, and all tabs of a browser share it. */
const mostFollowers = 12;
/** In the place of a person, for what is told to all who follow. */
const everybody = '*';
/** So many are kept for a page that reads slowly; one that is further behind reads all anew. */
const mostWaiting = 200;
const keptMs = 120_000;
const lookEveryMs = 500;
/** What was committed late has an earlier time than what was seen already. */
const lookBackMs = 5000;
const tellEveryMs = 100;
const clearEveryMs = 60_000;
/** Then who follows is looked up anew: a session that ended hears no more. */
const longestMs = 15 * 60_000;

/**
 * Tells the open pages of a person that something changed among their conversations, wherever it happened.
 *
 * Within this process at once; what happened in others comes within a second, through rows of the shared database. News
 * carry no content, may come twice, and are kept for two minutes for who lost the connection.
 */
export function createNewsService({ repository, now, logError }: Needs) {
  const followers = new Map<string, Set<Follower>>();
  /** By identifier, in the order in which it was heard. */
  const kept = new Map<string, KeptNews & { heardAt: number }>();
  let heardSince = repository === null ? now().getTime() : Number.POSITIVE_INFINITY;
  let untold: KeptNews[] = [];
  let isTelling = false;
  let isLooking = false;
  let isStopped = false;
  let clearedAt = 0;

  function hear(item: KeptNews): void {
    if (kept.has(item.id)) return;
    const at = now().getTime();
    for (const [id, { heardAt }] of kept) {
      if (heardAt > at - keptMs) break;
      kept.delete(id);
    }
    kept.set(item.id, { ...item, heardAt: at });
    for (const mine of item.userId === everybody ? followers.values() : [followers.get(item.userId) ?? []])
      for (const follower of mine) {
        follower.waiting.push(item);
        follower.wake();
      }
  }

  /** Writes what gathered meanwhile in one statement. */
  async function tellOthers({ add, removeOlder }: NewsRepository): Promise<void> {
    isTelling = true;
    while (untold.length > 0) {
      await wait(tellEveryMs, undefined, { ref: false });
      const telling = untold;
      untold = [];
      try {
        await add(telling);
        if (now().getTime() < clearedAt + clearEveryMs) continue;
        clearedAt = now().getTime();
        await removeOlder(keptMs);
      } catch (error) {
        if (!isStopped) logError(error, 'other processes of the hub could not be told what changed');
      }
    }
    isTelling = false;
  }

  /** As long as somebody of this process follows. */
  async function lookAtOthers({ listFromOthers }: NewsRepository): Promise<void> {
    isLooking = true;
    let hasFailed = false;
    let back = keptMs;
    while (followers.size > 0 && !isStopped) {
      try {
        for (const item of await listFromOthers(back)) hear(item);
        heardSince = Math.min(heardSince, now().getTime() - back);
        back = lookBackMs;
        hasFailed = false;
      } catch (error) {
        if (!hasFailed && !isStopped) logError(error, 'the hub could not see what changed in its other processes');
        hasFailed = true;
        back = keptMs;
      }
      await wait(lookEveryMs, undefined, { ref: false });
    }
    heardSince = Number.POSITIVE_INFINITY;
    isLooking = false;
  }

  /** What a page missed since an identifier; null: that is not known any more. */
  function listMissed(userId: string, lastId: string | undefined): KeptNews[] | null {
    if (lastId === undefined) return [];
    const last = kept.get(lastId);
    if (last === undefined || last.heardAt < heardSince) return null;
    return [...kept.values()].filter(
      (item) => (item.userId === userId || item.userId === everybody) && item.heardAt >= last.heardAt - lookBackMs,
    );
  }

  function announce(userId: string, news: News): void {
    const item = { id: v7(), userId, news };
    hear(item);
    if (repository === null || isStopped) return;
    untold.push(item);
    if (!isTelling) void tellOthers(repository);
  }

  return {
    announce,

    /** For what many may show; it names nothing that somebody could not know. */
    announceToAll: (news: News): void => announce(everybody, news),

    /**
     * What changes from now on, joined where the reader is slow; with the last identifier that a page had, also what it
     * missed, else `reset`. Ends by itself after a quarter of an hour, so that the page asks again who it is.
     * Counts from now on, until `leave`.
     *
     * @throws {HubError} `rate_limited`, when a person follows too often
     */
    follow({ userId }: Actor, lastId: string | undefined) {
      const mine = followers.get(userId) ?? new Set<Follower>();
      if (mine.size >= mostFollowers) throw tooManyFollowers(mostFollowers);
      const missed = listMissed(userId, lastId);
      let isEnded = false;
      let wake = () => {};
      const follower: Follower = {
        waiting: missed ?? [{ id: v7(), userId, news: { type: 'reset' } }],
        wake: () => wake(),
        end: () => {
          isEnded = true;
          wake();
        },
      };
      followers.set(userId, mine.add(follower));
      if (repository !== null && !isLooking) void lookAtOthers(repository);
      const leave = () => {
        mine.delete(follower);
        if (mine.size === 0 && followers.get(userId) === mine) followers.delete(userId);
      };
      async function* read(signal: AbortSignal): AsyncGenerator<KeptNews[]> {
        const timer = setTimeout(follower.end, longestMs).unref();
        signal.addEventListener('abort', follower.end, { once: true });
        try {
          while (!isEnded && !isStopped && !signal.aborted) {
            const { waiting } = follower;
            if (waiting.length > 0) {
              follower.waiting = [];
              yield waiting.length > mostWaiting ? [{ id: v7(), userId, news: { type: 'reset' } }] : waiting;
              continue;
            }
            await new Promise<void>((resolve) => (wake = resolve));
          }
        } finally {
          clearTimeout(timer);
        }
      }
      return { read, leave };
    },

    /** Ends the streams of a person whose sessions may have ended. */
    endFor: (userId: string): void => {
      for (const follower of followers.get(userId) ?? []) follower.end();
    },

    stop: (): void => {
      isStopped = true;
      for (const mine of followers.values()) for (const follower of mine) follower.end();
    },
  };
}
export type NewsService = ReturnType<typeof createNewsService>;
