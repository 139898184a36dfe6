import { MonthlyBudget, noBudget, type Spending } from '#server/contract/budget.ts';
import type { Database } from '#server/platform/database.ts';

/** Whose runs are counted. */
export type Subject = { kind: 'agent' | 'conversation' | 'embed' | 'key' | 'person'; id: string };

export type Span = { from: Date; to: Date };

/** Budgets as they are set: a person's own one is null where the hub's for everybody holds. */
export type StoredBudgets = { everybody: MonthlyBudget; person: MonthlyBudget | null; key: MonthlyBudget };

const everybodySetting = 'usage.person-budget';

/** Constants of this file, never input. */
const columns = { agent: 'agent_id', conversation: 'conversation_id', key: 'api_key_id', person: 'user_id' };
/** Visitors' runs of an agent are its owner's, also where it handed them over. */
const ofVisitors = `user_id = (SELECT owner_id FROM agents WHERE id = $1)
                    AND started_by->>'kind' = 'embed' AND started_by->>'agent' = $1`;
/** What several people pay for is told by the parts of each. */
const isPaidByOne = `NOT EXISTS (SELECT FROM run_usage p WHERE p.run_id = runs.id AND p.payer_id IS NOT NULL)`;
const partOf: Partial<Record<Subject['kind'], string>> = {
  person: 'payer_id = $1',
  key: 'payer_id = user_id AND api_key_id = $1',
  embed: `payer_id = user_id AND run_id IN (SELECT id FROM runs WHERE ${ofVisitors})`,
};

const toBudget = (value: unknown): MonthlyBudget | null => MonthlyBudget.safeParse(value).data ?? null;

/** Budgets of people and keys, and what was spent of them. Through the pool: runs wait for it. */
export function createBudgetRepository({
  database: { pool, prisma },
  instanceId,
}: {
  database: Pick<Database, 'pool' | 'prisma'>;
  instanceId: string;
}) {
  return {
    /** Null for a person who is not there. */
    async findBudgets({ userId, keyId }: { userId: string; keyId: string | null }): Promise<StoredBudgets | null> {
      const { rows } = await pool.query<{ everybody: unknown; person: unknown; key: unknown }>(
        `SELECT (SELECT value FROM hub_settings WHERE name = $1) AS everybody, monthly_budget AS person,
                (SELECT monthly_budget FROM api_keys WHERE id = $3) AS key
           FROM users WHERE id = $2`,
        [everybodySetting, userId, keyId],
      );
      const [row] = rows;
      if (row === undefined) return null;
      return {
        everybody: toBudget(row.everybody) ?? noBudget,
        person: toBudget(row.person),
        key: toBudget(row.key) ?? noBudget,
      };
    },

    /** What visitors of the sites that show an agent may cost; nothing where it is not shown. */
    async findEmbedBudget(agentId: string): Promise<MonthlyBudget> {
      const embed = await prisma.agentEmbed.findUnique({ where: { agentId }, select: { maximumUsdPerMonth: true } });
      return { ...noBudget, maximumUsd: embed?.maximumUsdPerMonth ?? 0 };
    },

    async findEverybodysBudget(): Promise<MonthlyBudget> {
      const setting = await prisma.hubSetting.findUnique({ where: { name: everybodySetting } });
      return toBudget(setting?.value) ?? noBudget;
    },

    async saveEverybodysBudget(value: MonthlyBudget): Promise<void> {
      const name = everybodySetting;
      await prisma.hubSetting.upsert({ where: { name }, create: { name, value }, update: { value } });
    },

    /** False for a person who is not there. */
    async savePersonBudget(userId: string, budget: MonthlyBudget | null): Promise<boolean> {
      const stored = await pool.query('UPDATE users SET monthly_budget = $2::jsonb WHERE id = $1', [
        userId,
        budget === null ? null : JSON.stringify(budget),
      ]);
      return stored.rowCount === 1;
    },

    /**
     * What a subject's runs used that began in a span of time, or ever. `withoutRuns`: these are left out, and those of which
     * other processes tell themselves what they spent (reservation-repository.ts); null: none is. Of a person, a key or visitors
     * only what the person pays for, also of others' runs; of an agent and a conversation all.
     */
    async sumSpending({ kind, id }: Subject, span: Span | null, withoutRuns: string[] | null): Promise<Spending> {
      const part = partOf[kind];
      const counts = (run: string) => `${run} <> ALL ($4) AND ($5::text IS NULL OR NOT EXISTS (
        SELECT FROM budget_reservations b
         WHERE b.run_id = ${run} AND b.kind = '${kind}' AND b.subject_id = $1 AND b.instance_id <> $5))`;
      const { rows } = await pool.query<{ tokens: number; cost_usd: number }>(
        `SELECT coalesce(sum(tokens), 0)::float8 AS tokens, coalesce(sum(cost_usd), 0)::float8 AS cost_usd
           FROM (SELECT input_tokens::bigint + output_tokens AS tokens, cost_usd FROM runs
                  WHERE ${kind === 'embed' ? ofVisitors : `${columns[kind]} = $1`}
                    AND started_at >= $2 AND started_at < $3 AND ${counts('runs.id')}
                 ${
                   part === undefined
                     ? ''
                     : `AND ${isPaidByOne}
                        UNION ALL SELECT input_tokens::bigint + output_tokens, cost_usd FROM run_usage
                         WHERE ${part} AND started_at >= $2 AND started_at < $3 AND ${counts('run_usage.run_id')}`
                 }
                 ${
                   kind === 'person' || kind === 'key'
                     ? `UNION ALL SELECT input_tokens + output_tokens, cost_usd FROM removed_usage
                         WHERE ${columns[kind]} = $1 AND day >= $2 AND day < $3
                        UNION ALL SELECT input_tokens::bigint + output_tokens, cost_usd FROM tool_calls
                         WHERE ${columns[kind]} = $1 AND called_at >= $2 AND called_at < $3 AND ${counts('tool_calls.id')}`
                     : ''
                 }) AS used`,
        [
          id,
          span?.from ?? '-infinity',
          span?.to ?? 'infinity',
          withoutRuns ?? [],
          withoutRuns === null ? null : instanceId,
        ],
      );
      const [sum] = rows;
      return { tokens: sum?.tokens ?? 0, costUsd: sum?.cost_usd ?? 0 };
    },

    /** What keys' runs used that began in a span of time; keys without any are missing. */
    async sumByKey(keyIds: string[], { from, to }: Span): Promise<Map<string, Spending>> {
      const { rows } = await pool.query<{ id: string; tokens: number; cost_usd: number }>(
        `SELECT api_key_id AS id, sum(tokens)::float8 AS tokens, coalesce(sum(cost_usd), 0)::float8 AS cost_usd
           FROM (SELECT api_key_id, input_tokens::bigint + output_tokens AS tokens, cost_usd FROM runs
                  WHERE api_key_id = ANY ($1) AND started_at >= $2 AND started_at < $3 AND ${isPaidByOne}
                 UNION ALL SELECT api_key_id, input_tokens::bigint + output_tokens, cost_usd FROM run_usage
                  WHERE payer_id = user_id AND api_key_id = ANY ($1) AND started_at >= $2 AND started_at < $3
                 UNION ALL SELECT api_key_id, input_tokens + output_tokens, cost_usd FROM removed_usage
                  WHERE api_key_id = ANY ($1) AND day >= $2 AND day < $3
                 UNION ALL SELECT api_key_id, input_tokens::bigint + output_tokens, cost_usd FROM tool_calls
                  WHERE api_key_id = ANY ($1) AND called_at >= $2 AND called_at < $3) AS used
          GROUP BY api_key_id`,
        [keyIds, from, to],
      );
      return new Map(rows.map(({ id, tokens, cost_usd }) => [id, { tokens, costUsd: cost_usd }]));
    },
  };
}
export type BudgetRepository = ReturnType<typeof createBudgetRepository>;
