import { RunEvent } from '#server/contract/run-event.ts';
import type { Database } from '#server/platform/database.ts';
import { readable } from './conversation-repository.ts';

/** A message of a branch with its place among those that stand under the same one. */
export type BranchMessage = {
  id: string;
  parentId: string | null;
  runId: string | null;
  role: string;
  content: string;
  fileIds: string[];
  sources: unknown;
  createdAt: Date;
  number: number;
  count: number;
  previous: string | null;
  next: string | null;
};

const selectBranch = `
  WITH RECURSIVE branch AS (
    SELECT id, parent_id, run_id, role, content, file_ids, sources, created_at, 1 AS depth FROM messages
    WHERE conversation_id = $1 AND id = CASE
      WHEN $3::text IS NULL THEN $2
      ELSE (SELECT parent_id FROM messages WHERE conversation_id = $1 AND id = $3)
    END
    UNION ALL
    SELECT m.id, m.parent_id, m.run_id, m.role, m.content, m.file_ids, m.sources, m.created_at, depth + 1
    FROM branch JOIN messages m ON m.id = branch.parent_id WHERE depth < $4
  )
  SELECT branch.id, branch.parent_id AS "parentId", run_id AS "runId", role, content, file_ids AS "fileIds",
         sources, created_at AS "createdAt", number, count, previous, next
  FROM branch CROSS JOIN LATERAL (
    SELECT * FROM (
      SELECT id, row_number() OVER beside::int AS number, count(*) OVER ()::int AS count,
             lag(id) OVER beside AS previous, lead(id) OVER beside AS next
      FROM messages
      WHERE conversation_id = $1
        AND (parent_id = branch.parent_id OR (branch.parent_id IS NULL AND parent_id IS NULL))
      WINDOW beside AS (ORDER BY id)
    ) AS siblings WHERE siblings.id = branch.id
  ) AS place
  ORDER BY depth`;

const selectNewestLeaf = `
  WITH RECURSIVE below AS (
    SELECT id, 1 AS depth FROM messages WHERE conversation_id = $1 AND id = $2
    UNION ALL
    SELECT (
      SELECT m.id FROM messages m WHERE m.conversation_id = $1 AND m.parent_id = below.id ORDER BY m.id DESC LIMIT 1
    ), depth + 1
    FROM below WHERE below.id IS NOT NULL
  )
  SELECT id FROM below WHERE id IS NOT NULL ORDER BY depth DESC LIMIT 1`;

const selectIds = `
  WITH RECURSIVE branch AS (
    SELECT id, parent_id, 1 AS depth FROM messages WHERE conversation_id = $1 AND id = $2
    UNION ALL
    SELECT m.id, m.parent_id, depth + 1 FROM branch JOIN messages m ON m.id = branch.parent_id
    WHERE $3::int IS NULL OR depth < $3
  )
  SELECT id FROM branch ORDER BY depth DESC`;

const insertFork = `
  WITH copy AS (
    SELECT * FROM jsonb_to_recordset($10::jsonb) AS t(from_id text, id text, parent_id text)
  ), conversation AS (
    INSERT INTO conversations (id, user_id, agent_id, title, source, answering_agent_id, leaf_message_id, forked_from_id,
                               variables, created_at, updated_at)
    SELECT $1, $2, $3, $4, $5, $6, $7, id, variables, $9, $9 FROM conversations WHERE id = $8
  ), summary AS (
    INSERT INTO conversation_summaries (through_message_id, conversation_id, text)
    SELECT copy.id, $1, s.text FROM copy JOIN conversation_summaries s ON s.through_message_id = copy.from_id
  )
  INSERT INTO messages (id, conversation_id, parent_id, run_id, role, content, file_ids, sources, created_at)
  SELECT copy.id, $1, copy.parent_id, m.run_id, m.role, m.content, m.file_ids, m.sources, m.created_at
  FROM copy JOIN messages m ON m.id = copy.from_id AND m.conversation_id = $8`;

export type ForkedConversation = {
  id: string;
  userId: string;
  agentId: string;
  title: string;
  source: string;
  answeringAgentId: string | null;
  forkedFromId: string;
  createdAt: Date;
};

/** The branches of conversations: walked message by message, so that a page costs the same however long a branch is. */
export function createBranchRepository({ database: { pool, prisma } }: { database: Database }) {
  return {
    /** Messages up to the end of a branch, or before one of them, newest first. */
    listBranch: async (
      conversationId: string,
      { leafId, before, limit }: { leafId: string | null; before: string | null; limit: number },
    ): Promise<BranchMessage[]> =>
      leafId === null
        ? []
        : (await pool.query<BranchMessage>(selectBranch, [conversationId, leafId, before, limit])).rows,

    /** From a message down, each time to the newest message that stands under it; null when it is not there. */
    findNewestLeaf: async (conversationId: string, messageId: string): Promise<string | null> =>
      (await pool.query<{ id: string }>(selectNewestLeaf, [conversationId, messageId])).rows[0]?.id ?? null,

    /** The messages of a branch up to one of them, oldest first: the newest so many; null: all. */
    listIds: async (conversationId: string, messageId: string, limit: number | null): Promise<string[]> =>
      (await pool.query<{ id: string }>(selectIds, [conversationId, messageId, limit])).rows.map(({ id }) => id),

    /** Stores a conversation with copies of messages of another one, and their summaries. */
    fork: async (
      conversation: ForkedConversation,
      messages: { from: string; id: string; parentId: string | null }[],
    ) => {
      const copies = messages.map(({ from, id, parentId }) => ({ from_id: from, id, parent_id: parentId }));
      await pool.query(insertFork, [
        conversation.id,
        conversation.userId,
        conversation.agentId,
        conversation.title,
        conversation.source,
        conversation.answeringAgentId,
        messages.at(-1)?.id ?? null,
        conversation.forkedFromId,
        conversation.createdAt,
        JSON.stringify(copies),
      ]);
    },

    /** An answer in a person's conversation, and the run that gave it. */
    findAnswer: async (messageId: string, userId: string) => {
      const message = await prisma.message.findFirst({
        where: { id: messageId, role: 'assistant', conversation: { userId, ...readable } },
        select: { conversationId: true, runId: true },
      });
      if (message === null || message.runId === null) return null;
      const run = await prisma.run.findUnique({
        where: { id: message.runId },
        select: {
          agentId: true,
          version: true,
          model: true,
          events: { where: { type: 'hand-over' }, orderBy: { segment: 'asc' } },
        },
      });
      return (
        run && {
          conversationId: message.conversationId,
          ...run,
          events: run.events.flatMap(({ data }) => RunEvent.safeParse(data).data ?? []),
        }
      );
    },
  };
}
export type BranchRepository = ReturnType<typeof createBranchRepository>;
