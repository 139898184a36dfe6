import type { FinishReason, RunStatus } from '#server/contract/run-event.ts';

export type BranchMessage = { id: string; role: 'user' | 'assistant'; content: string; fileIds: string[] };

/** `answeringAgentId`: who answers after the message; null: nobody is known, so the conversation's own agent. */
export type MessagePlace = {
  role: 'user' | 'assistant';
  runStatus: RunStatus | null;
  finishReason: FinishReason | null;
  answeringAgentId: string | null;
};

/** Walks a branch from its end ($2) towards the start, as far as $3 messages, or (with $4) to one that a summary reaches. */
export const selectBranch = `
  WITH RECURSIVE branch AS (
    SELECT m.id, m.parent_id, m.role, m.content, m.file_ids, s.text AS summary, 1 AS depth
    FROM messages m LEFT JOIN conversation_summaries s ON $4::boolean AND s.through_message_id = m.id
    WHERE m.id = $2 AND m.conversation_id = $1
    UNION ALL
    SELECT m.id, m.parent_id, m.role, m.content, m.file_ids, s.text, branch.depth + 1
    FROM branch JOIN messages m ON m.id = branch.parent_id
    LEFT JOIN conversation_summaries s ON $4::boolean AND s.through_message_id = m.id
    WHERE branch.summary IS NULL AND branch.depth < $3
  )
  SELECT id, role, content, file_ids AS "fileIds", summary FROM branch ORDER BY depth DESC`;

/** The newest reply at or before a message tells who answers after it: its run's agent, or whom that handed over to. */
export const selectPlace = `
  SELECT m.role, r.status AS "runStatus", r.finish_reason AS "finishReason", agents.id AS "answeringAgentId"
  FROM messages m
  LEFT JOIN runs r ON r.id = m.run_id
  LEFT JOIN messages reply ON reply.id = CASE m.role WHEN 'assistant' THEN m.id ELSE m.parent_id END
  LEFT JOIN runs answered ON answered.id = reply.run_id
  LEFT JOIN LATERAL (
    SELECT data -> 'agent' ->> 'id' AS id FROM run_events
    WHERE run_id = answered.id AND type = 'hand-over' ORDER BY segment DESC LIMIT 1
  ) AS handed ON true
  LEFT JOIN agents ON agents.id = coalesce(handed.id, answered.agent_id)
  WHERE m.id = $2 AND m.conversation_id = $1`;
