import { v7 } from 'uuid';
import { AgentEmbed, type EmbedSettings } from '#server/contract/embed.ts';
import type { Database } from '#server/platform/database.ts';

/** An unfinished visit: whose agent it is with, and where its conversation stands. */
export type VisitRecord = { agentId: string; ownerId: string; conversationId: string; leafMessageId: string | null };

/** Postgres' `unique_violation`. */
const uniqueViolation = '23505';

const StoredSettings = AgentEmbed.pick({
  isEnabled: true,
  origins: true,
  maximumUsdPerMonth: true,
  maximumRunsPerMonth: true,
  maximumMessages: true,
  color: true,
  position: true,
});

/** How agents are embedded, and the visits that come of it. */
export function createEmbedRepository({ database: { pool, prisma } }: { database: Pick<Database, 'pool' | 'prisma'> }) {
  return {
    findSettings: async (agentId: string): Promise<EmbedSettings | null> => {
      const row = await prisma.agentEmbed.findUnique({ where: { agentId } });
      if (row === null) return null;
      const { agentId: _, updatedAt: __, countedMonth: ___, countedRuns: ____, ...settings } = row;
      return StoredSettings.parse(settings);
    },

    saveSettings: async (agentId: string, settings: EmbedSettings): Promise<void> => {
      await prisma.agentEmbed.upsert({ where: { agentId }, create: { agentId, ...settings }, update: settings });
    },

    /** What visitors' runs of an agent came to in a span of time; they are their owner's runs. */
    sumUse: async ({ id, ownerId }: { id: string; ownerId: string }, { from, to }: { from: Date; to: Date }) => {
      const { rows } = await pool.query<AgentEmbed['used']>(
        `SELECT count(DISTINCT conversation_id)::int AS conversations, count(*)::int AS runs,
                coalesce(sum(cost_usd), 0)::float8 AS "costUsd"
           FROM runs WHERE user_id = $1 AND started_at >= $3 AND started_at < $4
                       AND started_by->>'kind' = 'embed' AND started_by->>'agent' = $2`,
        [ownerId, id, from, to],
      );
      return rows[0] ?? { conversations: 0, runs: 0, costUsd: 0 };
    },

    /**
     * Counts a run that is about to start, in one statement, so that visitors of all processes stop at the same limit.
     * A month that nobody counted yet begins with the runs that are stored. False where the limit is met.
     */
    claimRun: async ({ id, ownerId }: { id: string; ownerId: string }, { from, to }: { from: Date; to: Date }) => {
      const { rowCount } = await pool.query(
        `UPDATE agent_embeds e SET counted_month = $3, counted_runs = c.runs + 1
           FROM (SELECT agent_id, CASE WHEN counted_month = $3 THEN counted_runs ELSE (
                   SELECT count(*)::int FROM runs WHERE user_id = $2 AND started_at >= $3 AND started_at < $4
                      AND started_by->>'kind' = 'embed' AND started_by->>'agent' = $1) END AS runs
                   FROM agent_embeds WHERE agent_id = $1 FOR UPDATE) c
          WHERE e.agent_id = c.agent_id AND c.runs < e.maximum_runs_per_month`,
        [id, ownerId, from, to],
      );
      return rowCount === 1;
    },

    /** Takes back a run that did not start after all. */
    releaseRun: async ({ id }: { id: string }, { from }: { from: Date }): Promise<void> => {
      await pool.query(
        'UPDATE agent_embeds SET counted_runs = counted_runs - 1 WHERE agent_id = $1 AND counted_month = $2 AND counted_runs > 0',
        [id, from],
      );
    },

    /** Whether it is a new one: two first messages may come at once, and the later one finds it there. */
    addVisit: async (
      tokenHash: string,
      { agentId, ownerId }: { agentId: string; ownerId: string },
      at: Date,
    ): Promise<boolean> => {
      try {
        await pool.query(
          `WITH made AS (INSERT INTO conversations (id, user_id, agent_id, source, created_at, updated_at)
                         VALUES ($2, $3, $4, 'embed', $5, $5) RETURNING id)
           INSERT INTO embed_sessions (token_hash, conversation_id, created_at) SELECT $1, id, $5 FROM made`,
          [tokenHash, v7(), ownerId, agentId, at],
        );
        return true;
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === uniqueViolation) return false;
        throw error;
      }
    },

    /** What was asked in a visit. */
    countQuestions: (conversationId: string): Promise<number> =>
      prisma.message.count({ where: { conversationId, role: 'user' } }),

    findVisit: async (tokenHash: string): Promise<VisitRecord | null> => {
      const found = await prisma.embedSession.findUnique({
        where: { tokenHash },
        select: { conversation: { select: { id: true, userId: true, agentId: true, leafMessageId: true } } },
      });
      if (found === null) return null;
      const { id, userId, agentId, leafMessageId } = found.conversation;
      return { agentId, ownerId: userId, conversationId: id, leafMessageId };
    },

    /** The question that a conversation's end is an answer to, or that is its end itself. */
    findQuestion: async (leafMessageId: string): Promise<string | null> => {
      const leaf = await prisma.message.findUnique({
        where: { id: leafMessageId },
        select: { id: true, role: true, parentId: true },
      });
      return leaf?.role === 'user' ? leaf.id : (leaf?.parentId ?? null);
    },
  };
}
export type EmbedRepository = ReturnType<typeof createEmbedRepository>;
