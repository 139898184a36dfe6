import type { Database } from '#server/platform/database.ts';

/** Sources whose conversations are gone a day after their last message. */
const shortLived = ['temporary', 'embed'];

/**
 * Temporary conversations and those of visitors, and what goes with them. Their runs stay for the usage, without what was said and made in them.
 * Of files, those go that its runs made, and those that came along with its messages and no other message has.
 */
export function createTemporaryRepository({ database: { pool } }: { database: Pick<Database, 'pool'> }) {
  return {
    listOld: async (usedBefore: Date, limit: number): Promise<string[]> => {
      const { rows } = await pool.query<{ id: string }>(
        `SELECT id FROM conversations WHERE source = ANY ($3) AND updated_at < $1 ORDER BY updated_at LIMIT $2`,
        [usedBefore, limit, shortLived],
      );
      return rows.map(({ id }) => id);
    },

    /** Makes one due that cannot be forgotten yet. */
    makeOld: async (id: string): Promise<void> => {
      await pool.query(`UPDATE conversations SET updated_at = 'epoch' WHERE id = $1 AND source = ANY ($2)`, [
        id,
        shortLived,
      ]);
    },

    /** False while a run is under way in it: its end would bring back what was said. */
    forget: async (id: string): Promise<boolean> => {
      const { rowCount } = await pool.query(
        `WITH conversation AS (
           DELETE FROM conversations WHERE id = $1 AND source = ANY ($2)
             AND NOT EXISTS (SELECT FROM runs WHERE conversation_id = $1 AND status IN ('running', 'waiting'))
           RETURNING id, user_id, created_at
         ), run AS (
           UPDATE runs SET output = '', error = NULL, metadata = '{}' FROM conversation
            WHERE conversation_id = conversation.id RETURNING runs.id
         ), event AS (
           DELETE FROM run_events USING run WHERE run_id = run.id RETURNING data
         ), file AS (
           SELECT unnest(ARRAY[data #>> '{artifact,file}', data #>> '{artifact,thumbnail}', data ->> 'file']) AS id FROM event
           UNION
           SELECT unnest(file_ids) FROM messages WHERE conversation_id = $1
         ), removed AS (
           DELETE FROM files USING conversation, file
            WHERE files.id = file.id AND files.owner_id = conversation.user_id
              -- What was there before it may be used elsewhere; a file is uploaded a little before its first message.
              AND files.created_at > conversation.created_at - interval '1 hour'
              AND NOT EXISTS (
                SELECT FROM messages JOIN conversations AS other ON other.id = messages.conversation_id
                 WHERE other.user_id = conversation.user_id AND other.id <> conversation.id
                   AND files.id = ANY(messages.file_ids))
         )
         SELECT id FROM conversation`,
        [id, shortLived],
      );
      return rowCount === 1;
    },
  };
}
export type TemporaryRepository = ReturnType<typeof createTemporaryRepository>;
