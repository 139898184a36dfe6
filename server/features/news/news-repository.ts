import { News } from '#server/contract/news.ts';
import type { Database } from '#server/platform/database.ts';

export type KeptNews = { id: string; userId: string; news: News };

/** What the processes of the hub tell each other of people's conversations, through their database. */
export function createNewsRepository({
  database: { pool },
  instanceId,
}: {
  database: Pick<Database, 'pool'>;
  /** This process. */
  instanceId: string;
}) {
  return {
    add: async (kept: KeptNews[]): Promise<void> => {
      await pool.query(
        `INSERT INTO conversation_news (id, user_id, instance_id, content)
         SELECT id, user_id, $2, content FROM jsonb_to_recordset($1::jsonb) AS t(id text, user_id text, content jsonb)
         ON CONFLICT DO NOTHING`,
        [JSON.stringify(kept.map(({ id, userId, news }) => ({ id, user_id: userId, content: news }))), instanceId],
      );
    },

    /** What happened in other processes within a time until now, the oldest first. */
    listFromOthers: async (withinMs: number): Promise<KeptNews[]> => {
      const { rows } = await pool.query<{ id: string; user_id: string; content: unknown }>(
        `SELECT id, user_id, content FROM conversation_news
          WHERE created_at > now() - $1::double precision * interval '1 millisecond' AND instance_id <> $2
          ORDER BY created_at, id`,
        [withinMs, instanceId],
      );
      return rows.flatMap(({ id, user_id: userId, content }) => {
        const news = News.safeParse(content);
        return news.success ? [{ id, userId, news: news.data }] : [];
      });
    },

    removeOlder: async (ageMs: number): Promise<void> => {
      await pool.query(
        `DELETE FROM conversation_news WHERE created_at < now() - $1::double precision * interval '1 millisecond'`,
        [ageMs],
      );
    },
  };
}
export type NewsRepository = ReturnType<typeof createNewsRepository>;
