import { deletedSource } from '#server/deleted-source.ts';
import type { Database } from '#server/platform/database.ts';

/**
 * Deletions of conversations, and of what goes with them. Their runs stay for the usage, without what was said and made in
 * them, unless a fork has their messages too. The files go that these made and that came along with the messages, unless
 * another message, an agent or an eval of the same person has them; what is shared of a conversation goes with it anyway.
 */
export function createDeletionRepository({ database: { pool } }: { database: Pick<Database, 'pool'> }) {
  return {
    /** Of some sources, those that were last used before a time; a test's is kept as long as its result. */
    listOld: async (sources: string[], usedBefore: Date, { limit, offset }: Stretch): Promise<string[]> => {
      const { rows } = await pool.query<{ id: string }>(
        `SELECT id FROM conversations
          WHERE source = ANY ($4) AND updated_at < $1
            AND (source <> 'test' OR id NOT IN (
              SELECT runs.conversation_id FROM eval_results JOIN runs ON runs.id = eval_results.run_id
               WHERE runs.conversation_id IS NOT NULL))
          ORDER BY updated_at, id LIMIT $2 OFFSET $3`,
        [usedBefore, limit, offset, sources],
      );
      return rows.map(({ id }) => id);
    },

    /** Those that were begun with an agent. */
    listOf: async (agentId: string, { limit, offset }: Stretch): Promise<string[]> => {
      const { rows } = await pool.query<{ id: string }>(
        `SELECT id FROM conversations WHERE agent_id = $1 ORDER BY id LIMIT $2 OFFSET $3`,
        [agentId, limit, offset],
      );
      return rows.map(({ id }) => id);
    },

    listOfPerson: async (userId: string, { limit, offset }: Stretch): Promise<string[]> => {
      const { rows } = await pool.query<{ id: string }>(
        `SELECT id FROM conversations WHERE user_id = $1 ORDER BY id LIMIT $2 OFFSET $3`,
        [userId, limit, offset],
      );
      return rows.map(({ id }) => id);
    },

    /** Takes one that cannot be removed yet out of everybody's sight; false when there is none. */
    hide: async (id: string): Promise<boolean> => {
      const { rowCount } = await pool.query(
        `WITH share AS (DELETE FROM conversation_shares WHERE conversation_id = $1),
              visit AS (DELETE FROM embed_sessions WHERE conversation_id = $1)
         UPDATE conversations SET source = '${deletedSource}', variables = NULL, updated_at = 'epoch' WHERE id = $1`,
        [id],
      );
      return rowCount === 1;
    },

    /**
     * Answers those that it removed: none of those that are gone already, and none with a run under way, whose end would bring
     * back what was said. What only an agent that is about to be deleted uses is not kept.
     */
    remove: async (ids: string[], { deletedAgentId = null }: Because = {}): Promise<string[]> => {
      const { rows } = await pool.query<{ id: string }>(
        `WITH conversation AS (
           DELETE FROM conversations WHERE id = ANY ($1) AND NOT EXISTS (
             SELECT FROM runs WHERE runs.conversation_id = conversations.id AND status IN ('running', 'waiting'))
           RETURNING id, user_id, created_at
         ), person AS (
           SELECT DISTINCT user_id FROM conversation
         ), other AS (
           SELECT conversations.id, forked_from_id FROM person JOIN conversations USING (user_id)
            WHERE agent_id IS DISTINCT FROM $2
              AND NOT EXISTS (SELECT FROM conversation WHERE conversation.id = conversations.id)
         ), forked AS (
           SELECT messages.run_id FROM other JOIN messages ON messages.conversation_id = other.id
            WHERE other.forked_from_id IS NOT NULL AND messages.run_id IS NOT NULL
         ), said AS (
           SELECT runs.id FROM conversation JOIN runs ON runs.conversation_id = conversation.id
           UNION
           -- Of a fork, those of the conversation that it was forked from, once that is gone.
           SELECT runs.id FROM conversation JOIN messages ON messages.conversation_id = conversation.id
             JOIN runs ON runs.id = messages.run_id
            WHERE NOT EXISTS (SELECT FROM conversations AS origin WHERE origin.id = runs.conversation_id)
         ), run AS (
           UPDATE runs SET output = '', error = NULL, metadata = '{}' FROM said
            WHERE runs.id = said.id AND NOT EXISTS (SELECT FROM forked WHERE forked.run_id = said.id)
           RETURNING runs.id
         ), event AS (
           DELETE FROM run_events USING run WHERE run_id = run.id RETURNING data
         ), file AS (
           SELECT unnest(ARRAY[data #>> '{artifact,file}', data #>> '{artifact,thumbnail}', data ->> 'file']) AS id FROM event
           UNION
           -- What was there before it may be used by other software; a file is uploaded a little before its first message.
           SELECT files.id FROM conversation JOIN messages ON messages.conversation_id = conversation.id
            CROSS JOIN unnest(messages.file_ids) AS sent (id)
             JOIN files ON files.id = sent.id AND files.created_at > conversation.created_at - interval '1 hour'
         ), elsewhere AS (
           SELECT unnest(messages.file_ids) AS id FROM other JOIN messages ON messages.conversation_id = other.id
           UNION ALL
           SELECT agents.draft #>> '{identity,avatar,file}' FROM person
             JOIN agents ON agents.owner_id = person.user_id AND agents.id IS DISTINCT FROM $2
           UNION ALL
           SELECT version.definition #>> '{identity,avatar,file}' FROM person
             JOIN agents ON agents.owner_id = person.user_id AND agents.id IS DISTINCT FROM $2
             JOIN agent_versions AS version ON version.agent_id = agents.id
           UNION ALL
           SELECT sent ->> 'file' FROM person
             JOIN agents ON agents.owner_id = person.user_id AND agents.id IS DISTINCT FROM $2
             JOIN evals ON evals.agent_id = agents.id, jsonb_array_elements(evals.content -> 'files') AS sent
         ), removed AS (
           DELETE FROM files USING file, person
            WHERE files.id = file.id AND files.owner_id = person.user_id
              AND NOT EXISTS (SELECT FROM elsewhere WHERE elsewhere.id = files.id)
         )
         SELECT id FROM conversation`,
        [ids, deletedAgentId],
      );
      return rows.map(({ id }) => id);
    },
  };
}
export type DeletionRepository = ReturnType<typeof createDeletionRepository>;

type Stretch = { limit: number; offset: number };
type Because = { deletedAgentId?: string | null };
