import type { z } from 'zod';
import type { Actor } from '#server/contract/actor.ts';
import type { Page } from '#server/contract/page.ts';
import type { RunListQuery, RunSummary } from '#server/contract/run.ts';
import { readPageCursor, toPage } from '#server/page-cursor.ts';
import type { RunListRepository } from './run-list-repository.ts';

/** Lists the actor's runs; those of others are nobody else's, not even the agent's owner's. */
export function createRunLister({ list }: { list: RunListRepository['list'] }) {
  return async (actor: Actor, query: z.output<typeof RunListQuery>): Promise<Page<RunSummary>> => {
    const bound = actor.key?.agentIds ?? [];
    const found = await list({
      userId: actor.userId,
      agentIds: bound.length === 0 ? null : bound,
      agent: query.agent,
      conversationId: query.conversation,
      status: query.status,
      triggerId: query.trigger,
      after: readPageCursor(query.cursor),
      limit: query.limit + 1,
    });
    return toPage(found, query.limit, ({ startedAt, id }) => ({ at: new Date(startedAt), id }));
  };
}
