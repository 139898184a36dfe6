import { v7 } from 'uuid';
import { AgentEmbed, type EmbedSettings } from '#server/contract/embed.ts';
import type { Database } from '#server/platform/database.ts';

/** An unfinished visit: whose agent it is with, and where its conversation stands. */
export type VisitRecord = { agentId: string; ownerId: string; conversationId: string; leafMessageId: string | null };

const StoredSettings = AgentEmbed.pick({
  isEnabled: true,
  origins: true,
  maximumUsdPerMonth: true,
  maximumRunsPerMonth: true,
  color: true,
  position: true,
});

/** How agents are embedded, and the visits that come of it. */
export function createEmbedRepository({ database: { pool, prisma } }: { database: Pick<Database, 'pool' | 'prisma'> }) {
  return {
    findSettings: async (agentId: string): Promise<EmbedSettings | null> => {
      const row = await prisma.agentEmbed.findUnique({ where: { agentId } });
      if (row === null) return null;
      const { agentId: _, updatedAt: __, ...settings } = row;
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

    addVisit: async (tokenHash: string, { agentId, ownerId }: { agentId: string; ownerId: string }, at: Date) => {
      await prisma.embedSession.create({
        data: {
          tokenHash,
          createdAt: at,
          conversation: {
            create: { id: v7(), userId: ownerId, agentId, source: 'embed', createdAt: at, updatedAt: at },
          },
        },
      });
    },

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

    /** Whether a run of a conversation made a file. */
    hasMade: async (conversationId: string, file: string): Promise<boolean> => {
      const { rowCount } = await pool.query(
        `SELECT FROM run_events e JOIN runs r ON r.id = e.run_id
          WHERE r.conversation_id = $1 AND e.type = 'artifact'
            AND $2 IN (e.data #>> '{artifact,file}', e.data #>> '{artifact,thumbnail}') LIMIT 1`,
        [conversationId, file],
      );
      return rowCount === 1;
    },
  };
}
export type EmbedRepository = ReturnType<typeof createEmbedRepository>;
