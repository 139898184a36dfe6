import type { Database } from '#server/platform/database.ts';
import { keepFacts, type NewFact, type Notebook } from './memory-repository.ts';

/** A conversation to look through, taken up by this process. */
export type Watch = {
  conversationId: string;
  agentId: string;
  userId: string;
  attempts: number;
  readTo: string | null;
  /** Until when it belongs to this process. */
  dueAt: Date;
};

export type SaidMessage = { id: string; role: 'user' | 'assistant'; content: string; createdAt: Date };

/** How long a process that took a conversation up may be silent before another does. */
const leaseMs = 5 * 60_000;

const columns = `conversation_id AS "conversationId", agent_id AS "agentId", user_id AS "userId", attempts,
  read_to AS "readTo", due_at AS "dueAt"`;

/**
 * The conversations in which there may be something to remember. Several processes may ask at the same time: one belongs to
 * whom takes it, and what was found in it is kept only by the one that moves it on.
 */
export function createWatchRepository({ database: { prisma, pool } }: { database: Pick<Database, 'prisma' | 'pool'> }) {
  return {
    /** Something was said. What was said before a conversation was first watched is not read. */
    note: async (
      { conversationId, agentId, userId }: Pick<Watch, 'conversationId' | 'agentId' | 'userId'>,
      { messageId, dueAt }: { messageId: string; dueAt: Date },
    ): Promise<void> => {
      await pool.query(
        `INSERT INTO memory_watches (conversation_id, agent_id, user_id, due_at, read_to)
         SELECT $1, $2, $3, $4, (SELECT max(id) FROM messages WHERE conversation_id = $1 AND id < $5)
         ON CONFLICT (conversation_id) DO UPDATE
         SET attempts = 0, due_at = GREATEST(memory_watches.due_at, excluded.due_at)`,
        [conversationId, agentId, userId, dueAt, messageId],
      );
    },

    /** Takes up the one that waits the longest. */
    take: async (now: Date): Promise<Watch | null> =>
      (
        await pool.query<Watch>(
          `UPDATE memory_watches SET due_at = $2, attempts = attempts + 1
           WHERE conversation_id = (
             SELECT conversation_id FROM memory_watches WHERE due_at <= $1
             ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED
           ) RETURNING ${columns}`,
          [now, new Date(now.getTime() + leaseMs)],
        )
      ).rows[0] ?? null,

    /**
     * The newest messages of the branch that is shown which were not read yet, oldest first; none when the conversation is
     * gone. What the person left behind in another branch, such as a message that they wrote anew, is not read.
     */
    listUnread: async ({ conversationId, userId, readTo }: Watch, limit: number): Promise<SaidMessage[]> =>
      (
        await pool.query<SaidMessage>(
          `WITH RECURSIVE branch AS (
             SELECT m.id, m.parent_id, m.role, m.content, m.created_at, 1 AS depth
             FROM conversations c JOIN messages m ON m.id = c.leaf_message_id
             WHERE c.id = $1 AND c.user_id = $2 AND ($3::text IS NULL OR m.id > $3)
             UNION ALL
             SELECT m.id, m.parent_id, m.role, m.content, m.created_at, depth + 1
             FROM branch JOIN messages m ON m.id = branch.parent_id
             WHERE depth < $4 AND ($3::text IS NULL OR m.id > $3)
           )
           SELECT id, role, content, created_at AS "createdAt" FROM branch ORDER BY depth`,
          [conversationId, userId, readTo, limit],
        )
      ).rows.reverse(),

    putOff: async ({ conversationId, dueAt }: Watch, until: Date): Promise<void> => {
      await pool.query('UPDATE memory_watches SET due_at = $3 WHERE conversation_id = $1 AND due_at = $2', [
        conversationId,
        dueAt,
        until,
      ]);
    },

    drop: async ({ conversationId, dueAt }: Watch): Promise<void> => {
      await pool.query('DELETE FROM memory_watches WHERE conversation_id = $1 AND due_at = $2', [
        conversationId,
        dueAt,
      ]);
    },

    /** Keeps what was found and moves on, in one commit; what another process read meanwhile is not kept again. */
    finish: async (
      { conversationId, readTo, dueAt }: Watch,
      { to, notebook, ...found }: { to: string; notebook: Notebook; facts: NewFact[]; maximumFacts: number; now: Date },
    ): Promise<boolean> =>
      prisma.$transaction(async (transaction) => {
        const moved = await transaction.memoryWatch.updateMany({
          where: { conversationId, readTo },
          data: { readTo: to, attempts: 0 },
        });
        if (moved.count === 0) return false;
        // Something that was said meanwhile has its own time.
        await transaction.memoryWatch.updateMany({ where: { conversationId, dueAt }, data: { dueAt: null } });
        if (found.facts.length > 0) await keepFacts(transaction, notebook, found);
        return true;
      }),

    /** What was said until now is not looked through any more. */
    passOver: async (userId: string, agent: string, agentIds: string[] | null): Promise<void> => {
      await pool.query(
        `UPDATE memory_watches w SET due_at = NULL, read_to = coalesce(
           (SELECT max(m.id) FROM messages m WHERE m.conversation_id = w.conversation_id), read_to)
         FROM agents a WHERE a.id = w.agent_id AND w.user_id = $1 AND (a.id = $2 OR a.handle = $2)
           AND ($3::text[] IS NULL OR a.id = ANY($3))`,
        [userId, agent, agentIds],
      );
    },
  };
}
export type WatchRepository = ReturnType<typeof createWatchRepository>;
