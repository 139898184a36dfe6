import type { RunEventOf } from '#server/contract/run-event.ts';
import type { RunOrigin } from '#server/contract/run-origin.ts';
import type { Database } from '#server/platform/database.ts';
import { insertModelUsage } from './run-statements.ts';
import { sumUsage } from './sum-up.ts';
import { toModelRows, toUsageColumns } from './to-usage-rows.ts';

/** What the hub had models do by itself: to find what to remember, to name a conversation, to judge a test, or to write a text better. */
export type Look = {
  id: string;
  startedBy: Extract<RunOrigin, { kind: 'memory' | 'title' | 'test' | 'rewrite' }>;
  agentId: string;
  userId: string;
  apiKeyId: string | null;
  /** The model that was asked last. */
  model: string;
  /** All its calls, also those that broke off. */
  used: RunEventOf<'usage'>[];
  /** No model answered. */
  hasFailed: boolean;
  startedAt: Date;
  endedAt: Date;
};

const insertLook = `
  WITH looked AS (
    INSERT INTO runs (id, agent_id, user_id, api_key_id, status, model, finish_reason, started_by, input_tokens, output_tokens,
                      cached_input_tokens, reasoning_tokens, cost_usd, cost_is_partial, started_at, ended_at)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8, t.input_tokens, t.output_tokens, t.cached_input_tokens, t.reasoning_tokens,
           t.cost_usd, t.cost_is_partial, $9, $10
    FROM jsonb_to_record($11::jsonb) AS t(input_tokens int, output_tokens int, cached_input_tokens int,
         reasoning_tokens int, cost_usd numeric, cost_is_partial boolean)
    RETURNING runs.id, agent_id, user_id, api_key_id, started_at
  ), by_model AS (${insertModelUsage({ stored: 'looked', parameter: '$12' })}
  )
  SELECT id FROM looked`;

/** Looks are runs without a conversation, so that usage and budgets count them like any other. */
export function createLookRepository({ database: { pool } }: { database: Pick<Database, 'pool'> }) {
  return {
    add: async ({ used, hasFailed, ...look }: Look): Promise<void> => {
      await pool.query(insertLook, [
        look.id,
        look.agentId,
        look.userId,
        look.apiKeyId,
        hasFailed ? 'failed' : 'completed',
        look.model,
        hasFailed ? 'error' : 'stop',
        look.startedBy,
        look.startedAt,
        look.endedAt,
        JSON.stringify(toUsageColumns(sumUsage(used))),
        JSON.stringify(toModelRows({ ...look, events: used })),
      ]);
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
