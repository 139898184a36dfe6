import { v7 } from 'uuid';
import type { Usage } from '#server/contract/run-event.ts';
import type { RunOrigin } from '#server/contract/run-origin.ts';
import type { Database } from '#server/platform/database.ts';

/** A model call that the hub made by itself: to find what to remember, to name a conversation, to judge a test, or to write a text better. */
export type Look = {
  startedBy: Extract<RunOrigin, { kind: 'memory' | 'title' | 'test' | 'rewrite' }>;
  agentId: string;
  userId: string;
  apiKeyId: string | null;
  model: string;
  usage: Usage;
  costUsd: number | null;
  startedAt: Date;
  endedAt: Date;
};

/** Looks are runs without a conversation, so that usage and budgets count them like any other. */
export function createLookRepository({ database: { pool } }: { database: Pick<Database, 'pool'> }) {
  return {
    add: async ({
      startedBy,
      agentId,
      userId,
      apiKeyId,
      model,
      usage,
      costUsd,
      startedAt,
      endedAt,
    }: Look): Promise<void> => {
      await pool.query(
        `INSERT INTO runs (id, agent_id, user_id, api_key_id, status, model, finish_reason, started_by, input_tokens, output_tokens,
                           cached_input_tokens, reasoning_tokens, cost_usd, started_at, ended_at)
         VALUES ($1, $2, $3, $13, 'completed', $4, 'stop', $12, $5, $6, $7, $8, $9, $10, $11)`,
        [
          v7(),
          agentId,
          userId,
          model,
          usage.inputTokens,
          usage.outputTokens,
          usage.cachedInputTokens,
          usage.reasoningTokens,
          costUsd,
          startedAt,
          endedAt,
          startedBy,
          apiKeyId,
        ],
      );
    },

    count: async (userId: string, since: Date): Promise<number> =>
      (
        await pool.query<{ looks: number }>(
          `SELECT count(*)::int AS looks FROM runs
           WHERE user_id = $1 AND started_at >= $2 AND started_by ->> 'kind' = 'memory'`,
          [userId, since],
        )
      ).rows[0]?.looks ?? 0,
  };
}
