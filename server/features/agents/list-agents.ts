import type { Actor } from '#server/contract/actor.ts';
import type { AgentListQuery, AgentSummary } from '#server/contract/agent.ts';
import type { Page } from '#server/contract/page.ts';
import { readPageCursor, toPage } from '#server/page-cursor.ts';
import type { AgentListFilter, AgentListRepository } from './agent-list-repository.ts';
import { canAdministerAgents, canRun } from './agent-policy.ts';
import { presentSummary } from './present-agent.ts';

/** An agent as the list of models of the OpenAI door shows it; `handle` is the model's name. */
export type AgentModelEntry = {
  handle: string;
  name: string;
  tagline: string;
  translations: AgentSummary['translations'];
  ownerName: string | null;
  createdAt: Date;
};

const maximumModels = 1000;

export function createAgentLists({ lists }: { lists: AgentListRepository }) {
  const toFilter = (actor: Actor): Pick<AgentListFilter, 'userId' | 'everyone' | 'agentIds'> => ({
    userId: actor.userId,
    everyone: canAdministerAgents(actor),
    agentIds: actor.key === null || actor.key.agentIds.length === 0 ? null : actor.key.agentIds,
  });

  return {
    /** Newest change first; agents that are shared by link only are in their owner's list alone. */
    async listAgents(actor: Actor, query: AgentListQuery): Promise<Page<AgentSummary>> {
      const { scope, limit, cursor } = query;
      const after = readPageCursor(cursor);
      const [category, search] = [query.category, query.search].map((text) => text?.replaceAll('\0', ''));
      const agents = await lists.listAgents({ ...toFilter(actor), scope, category, search, after, limit: limit + 1 });
      const { items, nextCursor } = toPage(agents, limit, ({ updatedAt, id }) => ({ at: updatedAt, id }));
      return { items: items.map((agent) => presentSummary(actor, agent)), nextCursor };
    },

    /** What the actor can run and would find in the list of agents. */
    async listForModels(actor: Actor): Promise<AgentModelEntry[]> {
      const filter = {
        scope: 'all',
        category: undefined,
        search: undefined,
        after: null,
        limit: maximumModels,
      } as const;
      const agents = await lists.listAgents({ ...toFilter(actor), ...filter });
      return agents
        .filter((agent) => canRun(actor, agent))
        .map(({ handle, identity, translations, owner, createdAt }) => ({
          handle,
          name: identity.name,
          tagline: identity.tagline,
          translations,
          ownerName: owner?.name ?? null,
          createdAt,
        }));
    },
  };
}
