import { deletedSource } from '#server/deleted-source.ts';
import type { Source } from '#server/contract/run-event.ts';
import type { Database } from '#server/platform/database.ts';

type Told = {
  id: string;
  openingId: string;
  conversationId: string;
  userId: string;
  opening: string;
  content: string;
  sources: Source[];
  at: Date;
};

/** Messages that the hub leaves for a person without a run: they stand under the newest one. */
export function createToldRepository({ database: { pool } }: { database: Pick<Database, 'pool'> }) {
  return {
    /** Makes it where there is none; true where it is the person's with that agent, and still there. */
    open: async (wanted: {
      id: string;
      userId: string;
      agentId: string;
      title: string;
      at: Date;
    }): Promise<boolean> => {
      const { id, userId, agentId, title, at } = wanted;
      await pool.query(
        `INSERT INTO conversations (id, user_id, agent_id, title, is_titled, source, created_at, updated_at)
         VALUES ($1, $2, $3, $4, true, 'trigger', $5, $5) ON CONFLICT DO NOTHING`,
        [id, userId, agentId, title, at],
      );
      const { rows } = await pool.query(
        `SELECT FROM conversations WHERE id = $1 AND user_id = $2 AND agent_id = $3 AND source <> $4`,
        [id, userId, agentId, deletedSource],
      );
      return rows.length > 0;
    },

    /** Stores a message once under its identifier; false while a run is under way in the conversation, or it is gone. */
    say: async ({ id, openingId, conversationId, userId, opening, content, sources, at }: Told): Promise<boolean> => {
      const { rows } = await pool.query(
        `WITH place AS (
           SELECT id, leaf_message_id AS leaf FROM conversations
           WHERE id = $1 AND user_id = $2 AND source <> $3
             AND NOT EXISTS (SELECT FROM runs WHERE conversation_id = $1 AND status IN ('running', 'waiting'))
           FOR UPDATE
         ), known AS (
           SELECT id FROM messages WHERE id = $4
         ), opened AS (
           INSERT INTO messages (id, conversation_id, parent_id, role, content, created_at)
           SELECT $5, $1, NULL, 'user', $6, $8 FROM place WHERE leaf IS NULL AND NOT EXISTS (SELECT FROM known)
           RETURNING id
         ), said AS (
           INSERT INTO messages (id, conversation_id, parent_id, role, content, sources, created_at)
           SELECT $4, $1, COALESCE((SELECT id FROM opened), leaf), 'assistant', $7, $9::jsonb, $8
           FROM place WHERE NOT EXISTS (SELECT FROM known) RETURNING id
         ), moved AS (
           UPDATE conversations SET leaf_message_id = $4, updated_at = $8 FROM said WHERE conversations.id = $1
         )
         SELECT id FROM said UNION SELECT id FROM known`,
        [conversationId, userId, deletedSource, id, openingId, opening, content, at, JSON.stringify(sources)],
      );
      return rows.length > 0;
    },
  };
}
export type ToldRepository = ReturnType<typeof createToldRepository>;
