import type { Actor } from '#server/contract/actor.ts';
import { ListedTranslations } from '#server/contract/agent.ts';
import type { HubAgent, HubAgentDetail, HubAgentQuery } from '#server/contract/hub.ts';
import type { Page, PageQuery } from '#server/contract/page.ts';
import { HubError } from '#server/hub-error.ts';
import { readPageCursor, toPage } from '#server/page-cursor.ts';
import { withoutInvisible } from '#server/without-invisible.ts';
import { createCategories } from './categories.ts';
import type { CategoryRepository } from './category-repository.ts';
import { describeTools } from './describe-tools.ts';
import { notOnHub } from './hub-errors.ts';
import { canModerate, isOwner, listSeenAgents } from './hub-policy.ts';
import type { HubPorts, SharedAgent } from './hub-ports.ts';
import type { HubRepository, Looker } from './hub-repository.ts';
import { createModeration } from './moderation.ts';
import type { ModerationRepository } from './moderation-repository.ts';
import type { ReviewRepository } from './review-repository.ts';
import { createReviews, presentReview } from './reviews.ts';
import { createAgentSearch } from './search-agents.ts';
import type { StandingRepository } from './standing-repository.ts';

const monthMs = 30 * 24 * 60 * 60 * 1000;
const placeOf = ({ publishedAt, id }: HubAgent) => ({ at: new Date(publishedAt), id });

type Needs = {
  repository: HubRepository;
  standings: StandingRepository;
  reviews: ReviewRepository;
  moderation: ModerationRepository;
  categories: CategoryRepository;
  ports: HubPorts;
};

/**
 * The hub: agents worth using, found, judged, and kept in order.
 *
 * An agent stands on it when its owner published it for the whole hub and no administrator refused it. All else that an
 * actor may see has a page here too, but is in no list.
 */
export function createHubService({ repository, standings, reviews, moderation, categories, ports }: Needs) {
  const searchAgents = createAgentSearch({ repository: standings });
  const toLooker = (actor: Actor): Looker => ({ userId: actor.userId, agentIds: listSeenAgents(actor) });

  /** What it was copied from, if the actor may see that. */
  async function findOrigin(actor: Actor, { origin }: SharedAgent['agent']): Promise<HubAgentDetail['origin']> {
    if (origin === null) return null;
    try {
      const { agent, definition } = await ports.findAgent(actor, origin.id);
      const { identity, translations } = definition;
      return {
        handle: agent.handle,
        name: identity.name,
        translations: ListedTranslations.parse(translations),
        version: origin.version,
      };
    } catch (error) {
      if (error instanceof HubError) return null;
      throw error;
    }
  }

  return {
    ...createReviews({ repository: reviews, uses: repository, ports }),
    ...createModeration({ repository: moderation, agents: repository, ports }),
    ...createCategories({ repository: categories }),

    async listAgents(actor: Actor, query: HubAgentQuery): Promise<Page<HubAgent>> {
      const { category, limit, cursor } = query;
      const search = query.search ?? '';
      const found = search === '' ? null : await searchAgents(search);
      const agents = await repository.listAgents(toLooker(actor), {
        found,
        category,
        tag: query.tag === undefined ? undefined : withoutInvisible(query.tag),
        sort: query.sort ?? (found === null ? 'use' : 'match'),
        after: readPageCursor(cursor)?.id ?? null,
        limit: limit + 1,
      });
      return toPage(agents, limit, placeOf);
    },

    /** @throws {HubError} `not_found`, also for what was never published */
    async getAgent(actor: Actor, reference: string): Promise<HubAgentDetail> {
      const { agent, definition, can } = await ports.findAgent(actor, reference);
      const [shown, facts, review, hasUsed, hasReported, origin] = await Promise.all([
        repository.findAgent(toLooker(actor), agent.id),
        repository.findFacts(agent.id),
        reviews.findOf(agent.id, actor.userId),
        repository.hasUsed(actor.userId, agent.id),
        moderation.hasReported(agent.id, actor.userId),
        findOrigin(actor, agent),
      ]);
      if (shown === null) throw notOnHub(reference);
      const isMine = isOwner(actor, agent);
      const { identity, opening, translations, tools, memory, guards, model } = definition;
      return {
        ...shown,
        visibility: agent.visibility,
        listing: facts.listing,
        refusal: facts.listing === 'refused' && (isMine || canModerate(actor)) ? facts.refusal : null,
        description: identity.description,
        opening,
        translations,
        tools: describeTools(tools, ports.listTools()),
        data: { memory: memory.kind, guards: [...new Set(guards.map(({ kind }) => kind))], models: model.wishes },
        versions: facts.versions.map(({ createdAt, ...version }) => ({
          ...version,
          createdAt: createdAt.toISOString(),
        })),
        isRemix: agent.origin !== null,
        origin,
        remixes: facts.remixes,
        myReview: review === null ? null : presentReview(actor, agent, review),
        can: {
          run: can.run,
          remix: can.duplicate,
          edit: can.edit,
          review: !isMine && hasUsed,
          report: !isMine && !hasReported,
        },
      };
    },

    async listFavourites(actor: Actor, { limit, cursor }: PageQuery): Promise<Page<HubAgent>> {
      const after = readPageCursor(cursor)?.id ?? null;
      return toPage(await repository.listFavourites(toLooker(actor), { after, limit: limit + 1 }), limit, placeOf);
    },

    /** @throws {HubError} `not_found` */
    async addFavourite(actor: Actor, reference: string): Promise<void> {
      const { agent } = await ports.findAgent(actor, reference);
      await repository.addFavourite(actor.userId, agent.id);
    },

    /** @throws {HubError} `not_found` */
    async removeFavourite(actor: Actor, reference: string): Promise<void> {
      const { agent } = await ports.findAgent(actor, reference);
      await repository.removeFavourite(actor.userId, agent.id);
    },

    /** Counts again who used what in the last 30 days. */
    countUse: (): Promise<void> => standings.countUse(new Date(ports.now().getTime() - monthMs)),
  };
}
export type HubService = ReturnType<typeof createHubService>;
