import { ListedTranslations } from '#server/contract/agent.ts';
import { Avatar, Licence } from '#server/contract/agent-definition.ts';
import type { HubAgent, HubSort, ListingState } from '#server/contract/hub.ts';
import type { PagePosition } from '#server/page-cursor.ts';
import type { Database } from '#server/platform/database.ts';
import { Prisma } from '#server/platform/generated/prisma/client.ts';

/** Who looks: a person, perhaps with a key that is for certain agents only. */
export type Looker = { userId: string; agentIds: string[] | null };

export type HubFilter = {
  /** Found by a search, best first. */
  found: string[] | null;
  category: string | undefined;
  tag: string | undefined;
  sort: HubSort | 'match';
  /** The last agent of the page before. */
  after: string | null;
  limit: number;
};

type Row = {
  id: string;
  handle: string;
  name: string;
  tagline: string;
  avatar: unknown;
  category: string;
  tags: string[];
  translations: unknown;
  owner_id: string | null;
  owner_name: string | null;
  licence: string;
  version: number;
  published_at: Date;
  recent_people: number;
  recent_runs: number;
  rating_count: number;
  rating_sum: number;
  is_favourite: boolean;
};

/** The agents that stand on the hub; `a` is the agent. */
const listed = Prisma.sql`a.visibility = 'hub' AND a.published_version IS NOT NULL
  AND a.hub_decision IS DISTINCT FROM 'refused'
  AND (a.hub_decision = 'approved' OR a.shipped_slug IS NOT NULL OR NOT coalesce(
    (SELECT (value->>'reviewNewAgents')::boolean FROM hub_settings WHERE name = 'hub.settings'), false))`;

const within = ({ agentIds }: Looker) => (agentIds === null ? Prisma.sql`TRUE` : Prisma.sql`a.id = ANY(${agentIds})`);

const orders = {
  use: Prisma.sql`a.recent_people DESC, a.recent_runs DESC, a.id DESC`,
  rating: Prisma.sql`a.rating_score DESC, a.id DESC`,
  new: Prisma.sql`a.published_at DESC, a.id DESC`,
};

/** Agents as the hub shows them. Who may see what is said here once, as conditions of the queries. */
export function createHubRepository({ database: { prisma } }: { database: Pick<Database, 'prisma'> }) {
  async function select(looker: Looker, where: Prisma.Sql, order: Prisma.Sql, limit: number) {
    const rows = await prisma.$queryRaw<Row[]>`
      SELECT a.id, a.handle, a.name, a.tagline, a.category, a.tags, a.owner_id, u.name AS owner_name, a.licence,
             a.published_version AS version, coalesce(a.published_at, a.updated_at) AS published_at, a.recent_people,
             a.recent_runs, a.rating_count, a.rating_sum, v.definition->'identity'->'avatar' AS avatar,
             v.definition->'translations' AS translations,
             EXISTS (SELECT FROM hub_favourites f WHERE f.agent_id = a.id AND f.user_id = ${looker.userId}) AS is_favourite
      FROM agents a
      JOIN agent_versions v ON v.agent_id = a.id AND v.version = a.published_version
      LEFT JOIN users u ON u.id = a.owner_id
      WHERE ${within(looker)} AND ${where}
      ORDER BY ${order} LIMIT ${limit}`;
    return rows.map(toHubAgent);
  }

  /** Where a page goes on, after an agent; nothing does after one that is gone. */
  async function toStart(sort: HubSort, after: string): Promise<Prisma.Sql> {
    const [last] = await prisma.$queryRaw<{ people: number; runs: number; score: number; at: Date | null }[]>`
      SELECT recent_people AS people, recent_runs AS runs, rating_score AS score, published_at AS at
      FROM agents WHERE id = ${after}`;
    if (last === undefined) return Prisma.sql`FALSE`;
    switch (sort) {
      case 'use':
        return Prisma.sql`(a.recent_people, a.recent_runs, a.id) < (${last.people}, ${last.runs}, ${after})`;
      case 'rating':
        return Prisma.sql`(a.rating_score, a.id) < (${last.score}::float8, ${after})`;
      case 'new':
        return Prisma.sql`(a.published_at, a.id) < (${last.at}::timestamptz, ${after})`;
    }
  }

  return {
    async listAgents(looker: Looker, { found, category, tag, sort, after, limit }: HubFilter): Promise<HubAgent[]> {
      const rest = found === null || sort !== 'match' || after === null ? found : found.slice(found.indexOf(after) + 1);
      const conditions = [listed];
      if (rest !== null) conditions.push(Prisma.sql`a.id = ANY(${rest})`);
      if (category !== undefined) conditions.push(Prisma.sql`a.category = ${category}`);
      if (tag !== undefined) conditions.push(Prisma.sql`${tag} = ANY(a.tags)`);
      if (after !== null && sort !== 'match') conditions.push(await toStart(sort, after));
      const order = sort === 'match' ? Prisma.sql`array_position(${rest ?? []}::text[], a.id)` : orders[sort];
      return select(looker, Prisma.join(conditions, ' AND '), order, limit);
    },

    listFeatured: (looker: Looker, limit: number): Promise<HubAgent[]> =>
      select(
        looker,
        Prisma.sql`a.featured_position IS NOT NULL AND ${listed}`,
        Prisma.sql`a.featured_position, a.id`,
        limit,
      ),

    /** A published agent, whether it stands on the hub or not. */
    async findAgent(looker: Looker, id: string): Promise<HubAgent | null> {
      const [agent] = await select(looker, Prisma.sql`a.id = ${id}`, Prisma.sql`a.id`, 1);
      return agent ?? null;
    },

    /** A person's favourites that they may still use, newest favourite first. */
    listFavourites: (
      looker: Looker,
      { after, limit }: { after: string | null; limit: number },
    ): Promise<HubAgent[]> => {
      const mine = Prisma.sql`SELECT f.created_at FROM hub_favourites f WHERE f.user_id = ${looker.userId} AND f.agent_id =`;
      const start =
        after === null ? Prisma.sql`TRUE` : Prisma.sql`((${mine} a.id), a.id) < ((${mine} ${after}), ${after})`;
      return select(
        looker,
        Prisma.sql`a.id IN (SELECT agent_id FROM hub_favourites WHERE user_id = ${looker.userId})
          AND (a.visibility <> 'private' OR a.owner_id = ${looker.userId}) AND ${start}`,
        Prisma.sql`(${mine} a.id) DESC, a.id DESC`,
        limit,
      );
    },

    async addFavourite(userId: string, agentId: string): Promise<void> {
      await prisma.hubFavourite.createMany({ data: [{ userId, agentId }], skipDuplicates: true });
    },

    async removeFavourite(userId: string, agentId: string): Promise<void> {
      await prisma.hubFavourite.deleteMany({ where: { userId, agentId } });
    },

    /** Agents that ask for a place on the hub, the longest-waiting first; or those that were refused one. */
    async listRequests(
      looker: Looker,
      { state, after, limit }: { state: 'waiting' | 'refused'; after: PagePosition | null; limit: number },
    ): Promise<(HubAgent & { refusal: string })[]> {
      const decision =
        state === 'refused' ? Prisma.sql`a.hub_decision = 'refused'` : Prisma.sql`(${listed}) IS NOT TRUE`;
      const undecided = state === 'refused' ? Prisma.sql`TRUE` : Prisma.sql`a.hub_decision IS NULL`;
      const start =
        after === null
          ? Prisma.sql`TRUE`
          : Prisma.sql`(a.published_at, a.id) > (${after.at}::timestamptz, ${after.id})`;
      const agents = await select(
        looker,
        Prisma.sql`a.visibility = 'hub' AND ${undecided} AND ${decision} AND ${start}`,
        Prisma.sql`a.published_at, a.id`,
        limit,
      );
      const ids = agents.map(({ id }) => id);
      const reasons = await prisma.agent.findMany({
        where: { id: { in: ids } },
        select: { id: true, hubReason: true },
      });
      const byId = new Map(reasons.map(({ id, hubReason }) => [id, hubReason]));
      return agents.map((agent) => ({ ...agent, refusal: byId.get(agent.id) ?? '' }));
    },

    /** What an agent's own page tells beside what lists tell. */
    async findFacts(id: string): Promise<{
      listing: ListingState;
      refusal: string;
      remixes: number;
      versions: { version: number; note: string; createdAt: Date }[];
    }> {
      const [[row], versions] = await Promise.all([
        prisma.$queryRaw<{ listing: ListingState; refusal: string; remixes: number }[]>`
          SELECT CASE WHEN ${listed} THEN 'listed' WHEN a.visibility <> 'hub' THEN 'unlisted'
                      WHEN a.hub_decision = 'refused' THEN 'refused' ELSE 'waiting' END AS listing,
                 a.hub_reason AS refusal,
                 (SELECT count(*)::int FROM agents c WHERE c.origin_id = a.id AND c.published_version IS NOT NULL
                    AND c.visibility IN ('members', 'hub')) AS remixes
          FROM agents a WHERE a.id = ${id}`,
        prisma.agentVersion.findMany({
          where: { agentId: id },
          orderBy: { version: 'desc' },
          take: 10,
          select: { version: true, note: true, createdAt: true },
        }),
      ]);
      return { ...(row ?? { listing: 'unlisted', refusal: '', remixes: 0 }), versions };
    },

    /** Whether a run of a published version ended well for a person. */
    async hasUsed(userId: string, agentId: string): Promise<boolean> {
      const where = { userId, agentId, status: 'completed', version: { not: null } };
      return (await prisma.run.findFirst({ where, select: { id: true } })) !== null;
    },
  };
}
export type HubRepository = ReturnType<typeof createHubRepository>;

function toHubAgent({ owner_id: ownerId, owner_name: ownerName, ...row }: Row): HubAgent {
  const { rating_count: count, rating_sum: sum } = row;
  return {
    id: row.id,
    handle: row.handle,
    name: row.name,
    tagline: row.tagline,
    avatar: Avatar.parse(row.avatar),
    category: row.category,
    tags: row.tags,
    translations: ListedTranslations.parse(row.translations ?? {}),
    creator: ownerId === null ? null : { id: ownerId, name: ownerName ?? '' },
    licence: Licence.parse(row.licence),
    version: row.version,
    publishedAt: row.published_at.toISOString(),
    rating: { average: count === 0 ? null : Math.round((sum / count) * 10) / 10, count },
    use: { people: row.recent_people, runs: row.recent_runs },
    isFavourite: row.is_favourite,
  };
}
