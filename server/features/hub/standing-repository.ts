import type { Database } from '#server/platform/database.ts';
import { Prisma } from '#server/platform/generated/prisma/client.ts';

/** What a search looks through of an agent; `isOpen` where everybody may find it. */
export type SearchedAgent = {
  id: string;
  isOpen: boolean;
  name: string;
  handle: string;
  tagline: string;
  tags: string[];
  creator: string;
  description: string;
  /** Names, taglines and the beginning of descriptions in other languages. */
  translations: string;
};

const describedLetters = 300;

/** Updates ratings from the reviews, of one agent or of all; statements of a transaction may follow each other. */
export const countRatings = (agentId: string | null) => Prisma.sql`
  UPDATE agents SET rating_count = r.count, rating_sum = r.sum,
         rating_score = CASE WHEN r.count = 0 THEN 0 ELSE (r.sum + 6.0) / (r.count + 2) END
    FROM (SELECT a.id, count(h.id)::int AS count, coalesce(sum(h.stars), 0)::int AS sum
            FROM agents a LEFT JOIN hub_reviews h ON h.agent_id = a.id
           WHERE ${agentId === null ? Prisma.sql`TRUE` : Prisma.sql`a.id = ${agentId}`} GROUP BY a.id) AS r
   WHERE agents.id = r.id AND (rating_count, rating_sum) IS DISTINCT FROM (r.count, r.sum)`;

/** What the hub sorts and searches by, gathered in the background. */
export function createStandingRepository({ database: { prisma } }: { database: Pick<Database, 'prisma'> }) {
  return {
    /** Counts people and runs of published versions since a time; and ratings, because reviewers may have been deleted. */
    async countUse(since: Date): Promise<void> {
      await prisma.$executeRaw`
        UPDATE agents SET recent_people = c.people, recent_runs = c.runs
          FROM (SELECT a.id, coalesce(u.people, 0) AS people, coalesce(u.runs, 0) AS runs
                  FROM agents a LEFT JOIN (
                    SELECT agent_id, count(DISTINCT user_id)::int AS people, count(*)::int AS runs
                      FROM runs WHERE started_at >= ${since}::timestamptz AND version IS NOT NULL AND status = 'completed'
                     GROUP BY agent_id) AS u ON u.agent_id = a.id) AS c
         WHERE agents.id = c.id AND (recent_people, recent_runs) IS DISTINCT FROM (c.people, c.runs)`;
      await prisma.$executeRaw(countRatings(null));
    },

    /** The agents that a search may find, or all that changed since; newest change first. */
    async listForSearch({ since, limit }: { since: Date | null; limit: number }): Promise<SearchedAgent[]> {
      const open = Prisma.sql`(a.visibility = 'hub' AND a.published_version IS NOT NULL)`;
      return prisma.$queryRaw<SearchedAgent[]>`
        SELECT a.id, ${open} AS "isOpen", a.name, a.handle, a.tagline, a.tags, coalesce(u.name, '') AS creator,
               coalesce(left(v.definition->'identity'->>'description', ${describedLetters}::int), '') AS description,
               coalesce((SELECT string_agg(concat_ws(' ', t.value->>'name', t.value->>'tagline',
                                                     left(t.value->>'description', ${describedLetters}::int)), ' ')
                           FROM jsonb_each(v.definition->'translations') AS t), '') AS translations
          FROM agents a
          LEFT JOIN users u ON u.id = a.owner_id
          LEFT JOIN agent_versions v ON v.agent_id = a.id AND v.version = a.published_version
         WHERE ${since === null ? open : Prisma.sql`a.updated_at >= ${since}::timestamptz`}
         ORDER BY a.updated_at DESC LIMIT ${limit}`;
    },
  };
}
export type StandingRepository = ReturnType<typeof createStandingRepository>;
