import type { PagePosition } from '#server/page-cursor.ts';
import type { Database } from '#server/platform/database.ts';
import { unlisted } from './conversation-repository.ts';

type Looked = {
  id: string;
  updatedAt: Date;
  title: string;
  isTitleHit: boolean;
  message: string | null;
  content: string | null;
};

const toPattern = (word: string) => `%${word.replace(/[\\%_]/g, '\\$&')}%`;

/**
 * Looks for words in a person's conversations, newest first, a few at a time: reading all of them in one statement would hold
 * up who else asks the embedded database.
 */
export function createSearchRepository({ database: { pool } }: { database: Pick<Database, 'pool'> }) {
  return {
    /** The next conversations after one, each with the newest message that has every word, if there is one. */
    look: async (
      { userId, agentIds }: { userId: string; agentIds: string[] | null },
      { words, after, limit }: { words: string[]; after: PagePosition | null; limit: number },
    ): Promise<Looked[]> =>
      (
        await pool.query<Looked>(
          `WITH conversation AS (
             SELECT id, title, updated_at FROM conversations
              WHERE user_id = $1 AND source <> ALL($2::text[]) AND ($3::text[] IS NULL OR agent_id = ANY($3))
                AND ($4::timestamptz IS NULL OR (updated_at, id) < ($4, $5))
              ORDER BY updated_at DESC, id DESC LIMIT $6)
           SELECT conversation.id, updated_at AS "updatedAt", title, title ILIKE ALL($7::text[]) AS "isTitleHit",
                  message.id AS message, message.content
             FROM conversation LEFT JOIN LATERAL (
               SELECT id, content FROM messages
                WHERE conversation_id = conversation.id AND content ILIKE ALL($7::text[])
                ORDER BY id DESC LIMIT 1) AS message ON true
            ORDER BY updated_at DESC, conversation.id DESC`,
          [userId, unlisted, agentIds, after?.at ?? null, after?.id ?? null, limit, words.map(toPattern)],
        )
      ).rows,
  };
}
export type SearchRepository = ReturnType<typeof createSearchRepository>;
