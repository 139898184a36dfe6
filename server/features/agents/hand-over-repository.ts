import { Visibility } from '#server/contract/agent-definition.ts';
import { SharedAgent } from '#server/contract/person-removal.ts';
import type { Database } from '#server/platform/database.ts';

type Row = Omit<SharedAgent, 'visibility' | 'translations'> & { visibility: string; translations: unknown };

/** A person's agents, as they are handed on or go when the person leaves. */
export function createHandOverRepository({
  database: { pool, prisma },
}: {
  database: Pick<Database, 'pool' | 'prisma'>;
}) {
  return {
    listIds: async (ownerId: string): Promise<string[]> => {
      const rows = await prisma.agent.findMany({ where: { ownerId }, select: { id: true }, orderBy: { id: 'asc' } });
      return rows.map(({ id }) => id);
    },

    /** Published ones that are not private, those that most other people talked to first. */
    listShared: async (ownerId: string): Promise<SharedAgent[]> => {
      const { rows } = await pool.query<Row>(
        `SELECT id, handle, name, translated_names AS translations, visibility,
                (SELECT count(DISTINCT user_id) FROM conversations
                  WHERE agent_id = agents.id AND user_id <> $1)::int AS people
           FROM agents WHERE owner_id = $1 AND published_version IS NOT NULL AND visibility <> 'private'
          ORDER BY people DESC, name, id`,
        [ownerId],
      );
      return rows.map(({ visibility, translations, ...row }) => ({
        ...row,
        visibility: Visibility.parse(visibility),
        translations: SharedAgent.shape.translations.parse(translations),
      }));
    },

    /**
     * Makes the newest version the draft, and leaves earlier ones, test runs and embedding behind: these were the owner's own
     * or cost the owner. Pictures, and files of tests, belong to who owns the agent.
     */
    handOver: async (id: string, { from, to }: { from: string; to: string }): Promise<void> => {
      await prisma.$transaction([
        prisma.$executeRaw`
          UPDATE files SET owner_id = ${to} WHERE owner_id = ${from} AND id IN (
            SELECT version.definition #>> '{identity,avatar,file}' FROM agents
              JOIN agent_versions AS version ON version.agent_id = agents.id AND version.version = published_version
             WHERE agents.id = ${id}
            UNION ALL
            SELECT sent ->> 'file' FROM evals, jsonb_array_elements(evals.content -> 'files') AS sent
             WHERE evals.agent_id = ${id})`,
        prisma.$executeRaw`
          UPDATE agents SET owner_id = ${to}, draft = version.definition, draft_revision = draft_revision + 1,
                            published_revision = draft_revision + 1, updated_at = now()
            FROM agent_versions AS version
           WHERE agents.id = ${id} AND agents.owner_id = ${from}
             AND version.agent_id = agents.id AND version.version = agents.published_version`,
        prisma.$executeRaw`
          DELETE FROM agent_versions USING agents
           WHERE agent_id = agents.id AND agents.id = ${id} AND version < agents.published_version`,
        prisma.agentEmbed.deleteMany({ where: { agentId: id } }),
        prisma.evalRunRow.deleteMany({ where: { agentId: id } }),
      ]);
    },
  };
}
export type HandOverRepository = ReturnType<typeof createHandOverRepository>;
