import type { Database } from '#server/platform/database.ts';

/** Sources whose conversations are gone a day after their last message. */
const shortLived = ['temporary', 'embed'];

/**
 * Deletions of conversations, and of what goes with them. Their runs stay for the usage, without what was said and made in
 * them, unless a fork has their messages too. The files go that these made and that came along with the messages, unless
 * another message, an agent or an eval of the same person has them; what is shared of a conversation goes with it anyway.
 */
export function createDeletionRepository({ database: { pool } }: { database: Pick<Database, 'pool'> }) {
  return {
    /** Temporary and visitors' ones that were last used before a time. */
    listOld: async (usedBefore: Date, { limit, offset }: { limit: number; offset: number }): Promise<string[]> => {
      const { rows } = await pool.query<{ id: string }>(
        `SELECT id FROM conversations WHERE source = ANY ($4) AND updated_at < $1 ORDER BY updated_at, id LIMIT $2 OFFSET $3`,
        [usedBefore, limit, offset, shortLived],
      );
      return rows.map(({ id }) => id);
    },

    /** Makes one that cannot be removed yet one that is old, and a temporary one; false when there is none. */
    hide: async (id: string): Promise<boolean> => {
      const { rowCount } = await pool.query(
        `UPDATE conversations SET updated_at = 'epoch',
                source = CASE WHEN source = ANY ($2) THEN source ELSE 'temporary' END WHERE id = $1`,
        [id, shortLived],
      );
      return rowCount === 1;
    },

    /** False when there is none, and while a run is under way in it: its end would bring back what was said. */
    remove: async (id: string): Promise<boolean> => {
      const { rowCount } = await pool.query(
        `WITH conversation AS (
           DELETE FROM conversations WHERE id = $1
             AND NOT EXISTS (SELECT FROM runs WHERE conversation_id = $1 AND status IN ('running', 'waiting'))
           RETURNING id, user_id, created_at
         ), forked AS (
           SELECT messages.run_id FROM conversation
             JOIN conversations AS fork ON fork.user_id = conversation.user_id AND fork.id <> conversation.id
              AND fork.forked_from_id IS NOT NULL
             JOIN messages ON messages.conversation_id = fork.id AND messages.run_id IS NOT NULL
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
           SELECT unnest(ARRAY[data #>> '{artifact,file}', data #>> '{artifact,thumbnail}', data ->> 'file']) AS id,
                  true AS is_made FROM event
           UNION ALL
           SELECT unnest(file_ids), false FROM messages WHERE conversation_id = $1
         ), elsewhere AS (
           SELECT unnest(messages.file_ids) AS id FROM conversation
             JOIN conversations AS other ON other.user_id = conversation.user_id AND other.id <> conversation.id
             JOIN messages ON messages.conversation_id = other.id
           UNION ALL
           SELECT agents.draft #>> '{identity,avatar,file}' FROM conversation
             JOIN agents ON agents.owner_id = conversation.user_id
           UNION ALL
           SELECT version.definition #>> '{identity,avatar,file}' FROM conversation
             JOIN agents ON agents.owner_id = conversation.user_id
             JOIN agent_versions AS version ON version.agent_id = agents.id
           UNION ALL
           SELECT sent ->> 'file' FROM conversation
             JOIN agents ON agents.owner_id = conversation.user_id
             JOIN evals ON evals.agent_id = agents.id, jsonb_array_elements(evals.content -> 'files') AS sent
         ), removed AS (
           DELETE FROM files USING conversation, file
            WHERE files.id = file.id AND files.owner_id = conversation.user_id
              -- What was there before it may be used by other software; a file is uploaded a little before its first message.
              AND (is_made OR files.created_at > conversation.created_at - interval '1 hour')
              AND NOT EXISTS (SELECT FROM elsewhere WHERE elsewhere.id = files.id)
         )
         SELECT id FROM conversation`,
        [id],
      );
      return rowCount === 1;
    },
  };
}
export type DeletionRepository = ReturnType<typeof createDeletionRepository>;
