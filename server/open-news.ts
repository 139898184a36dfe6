import { createNewsRepository } from '#server/features/news/news-repository.ts';
import { createNewsService } from '#server/features/news/news-service.ts';
import type { Database } from '#server/platform/database.ts';

type Needs = {
  database: Database;
  /** This process. */
  instanceId: string;
  now: () => Date;
  logError: (error: unknown, message: string) => void;
};

/** The news' part of the wiring: an embedded database belongs to this process alone, so nobody else need be told. */
export function openNews({ database, instanceId, now, logError }: Needs) {
  const repository = database.kind === 'server' ? createNewsRepository({ database, instanceId }) : null;
  const news = createNewsService({ repository, now, logError });
  return {
    ...news,
    /** An agent that others may see is told to all of them: who shows it is not known. */
    announceAgent: ({ id, ownerId, isShared }: { id: string; ownerId: string | null; isShared: boolean }): void => {
      if (isShared) news.announceToAll({ type: 'agent', agent: id });
      else if (ownerId !== null) news.announce(ownerId, { type: 'agent', agent: id });
    },
    announceTurn: (turn: { userId: string; conversationId: string; id: string }): void =>
      news.announce(turn.userId, { type: 'conversation', conversation: turn.conversationId, run: turn.id }),
  };
}
