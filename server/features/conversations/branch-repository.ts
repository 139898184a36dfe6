import type { Database } from '#server/platform/database.ts';

/** A message of a branch with its place among those that stand under the same one. */
export type BranchMessage = {
  id: string;
  parentId: string | null;
  runId: string | null;
  role: string;
  content: string;
  fileIds: string[];
  createdAt: Date;
  number: number;
  count: number;
  previous: string | null;
  next: string | null;
};

const selectBranch = `
  WITH RECURSIVE branch AS (
    SELECT id, parent_id, run_id, role, content, file_ids, created_at, 1 AS depth FROM messages
    WHERE conversation_id = $1 AND id = CASE
      WHEN $3::text IS NULL THEN $2
      ELSE (SELECT parent_id FROM messages WHERE conversation_id = $1 AND id = $3)
    END
    UNION ALL
    SELECT m.id, m.parent_id, m.run_id, m.role, m.content, m.file_ids, m.created_at, depth + 1
    FROM branch JOIN messages m ON m.id = branch.parent_id WHERE depth < $4
  )
  SELECT branch.id, branch.parent_id AS "parentId", run_id AS "runId", role, content, file_ids AS "fileIds",
         created_at AS "createdAt", number, count, previous, next
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

/** The branches of conversations: walked message by message, so that a page costs the same however long a branch is. */
export function createBranchRepository({ database: { pool } }: { database: Pick<Database, 'pool'> }) {
  return {
    /** Messages up to the end of a branch, or before one of them, newest first. */
    listBranch: async (
      conversationId: string,
      { leafId, before, limit }: { leafId: string | null; before: string | null; limit: number },
    ): Promise<BranchMessage[]> =>
      leafId === null ? [] : (await pool.query<BranchMessage>(selectBranch, [conversationId, leafId, before, limit])).rows,

    /** From a message down, each time to the newest message that stands under it; null when it is not there. */
    findNewestLeaf: async (conversationId: string, messageId: string): Promise<string | null> =>
      (await pool.query<{ id: string }>(selectNewestLeaf, [conversationId, messageId])).rows[0]?.id ?? null,
  };
}
export type BranchRepository = ReturnType<typeof createBranchRepository>;
