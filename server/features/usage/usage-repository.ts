import type { UsageQuery, UsageRow } from '#server/contract/usage-report.ts';
import { NamedAgent } from '#server/contract/run-event.ts';
import type { Database } from '#server/platform/database.ts';

/** Where a row's group and its label come from; constants of this file, never input. */
const groupings: Record<UsageQuery['groupBy'], { group: string; label: string; join: string }> = {
  day: {
    group: "to_char(r.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')",
    label: "to_char(r.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')",
    join: '',
  },
  agent: {
    group: "coalesce(a.id, CASE r.agent_id WHEN 'tools' THEN r.agent_id ELSE 'deleted' END)",
    label: "CASE r.agent_id WHEN 'tools' THEN 'Tools by hand' ELSE coalesce(a.name, 'Deleted agents') END",
    join: 'LEFT JOIN agents a ON a.id = r.agent_id',
  },
  model: { group: 'r.model', label: 'r.model', join: '' },
  key: {
    group:
      "CASE WHEN r.api_key_id IS NULL THEN 'page' WHEN r.api_key_id = 'others' THEN 'others' ELSE coalesce(k.id, 'deleted-keys') END",
    label:
      "CASE r.api_key_id WHEN 'others' THEN 'Over own connections' ELSE coalesce(k.name, CASE WHEN r.api_key_id IS NULL THEN 'Page' ELSE 'Deleted keys' END) END",
    join: 'LEFT JOIN api_keys k ON k.id = r.api_key_id',
  },
  source: {
    group: 'r.source',
    label:
      "CASE r.source WHEN 'tools' THEN 'Tools by hand' WHEN 'deleted' THEN 'Deleted agents' WHEN 'others' THEN 'Over own connections' ELSE r.source END",
    join: '',
  },
  person: {
    group: "coalesce(u.id, 'removed')",
    label: "coalesce(u.name, 'Removed people')",
    join: 'LEFT JOIN users u ON u.id = r.user_id',
  },
};

/** What began a run. */
const sourceOf = "coalesce(started_by->>'kind', CASE WHEN api_key_id IS NULL THEN 'page' ELSE 'api' END)";
const hasPayers = 'EXISTS (SELECT FROM run_usage p WHERE p.run_id = runs.id AND p.payer_id IS NOT NULL)';

const hasUnknownCost = '(cost_usd IS NULL OR cost_is_partial)::int';
const tokens = 'input_tokens::bigint, output_tokens::bigint, cached_input_tokens::bigint, reasoning_tokens::bigint';

const wholeRuns = (condition = '') => `
  SELECT agent_id, user_id, api_key_id, model, started_at, 1 AS runs, ${tokens}, cost_usd,
         ${hasUnknownCost} AS unknown_costs, ${sourceOf} AS source
    FROM runs ${condition}`;

/** Runs by their models: one of several counts in each with what that one took. */
const runsByModel = (isByPayer: boolean) => `
  ${wholeRuns('WHERE NOT EXISTS (SELECT FROM run_usage WHERE run_id = runs.id)')}
  UNION ALL
  SELECT agent_id, ${isByPayer ? 'coalesce(payer_id, user_id)' : 'user_id'}, NULL, model, started_at, 1, ${tokens}, cost_usd, ${hasUnknownCost}, NULL
    FROM run_usage`;

/**
 * Runs by who pays for them: one that several pay for is its person's, with what they pay for, and what others pay for is
 * theirs. `counting`: whether it is one of the others' runs, too.
 */
const runsByPayer = (counting: boolean) => `
  ${wholeRuns(`WHERE NOT ${hasPayers}`)}
  UNION ALL
  SELECT agent_id, user_id, api_key_id, model, started_at, 1, 0, 0, 0, 0, 0, 0, ${sourceOf} FROM runs WHERE ${hasPayers}
  UNION ALL
  SELECT u.agent_id, payer_id, CASE WHEN payer_id = u.user_id THEN u.api_key_id ELSE 'others' END, NULL, u.started_at,
         ${counting ? '(payer_id <> u.user_id)::int' : '0'}, sum(u.input_tokens), sum(u.output_tokens),
         sum(u.cached_input_tokens), sum(u.reasoning_tokens), sum(u.cost_usd),
         bool_or(u.cost_usd IS NULL OR u.cost_is_partial)::int,
         CASE WHEN payer_id <> u.user_id THEN 'others' WHEN r.id IS NULL THEN 'deleted'
              ELSE coalesce(r.started_by->>'kind', CASE WHEN r.api_key_id IS NULL THEN 'page' ELSE 'api' END) END
    FROM run_usage u LEFT JOIN runs r ON r.id = u.run_id
   WHERE payer_id IS NOT NULL
   GROUP BY u.run_id, u.agent_id, u.user_id, payer_id, u.api_key_id, u.started_at, r.id, r.started_by, r.api_key_id`;

/** Runs, what is kept of those that went with their agents, and tools that were called by hand. */
const withOthers = (runs: string, removed = '') => `(
  ${runs}
  UNION ALL
  SELECT NULL, user_id, api_key_id, model, day, runs, input_tokens, output_tokens,
         cached_input_tokens, reasoning_tokens, cost_usd, unknown_costs, 'deleted'
    FROM removed_usage ${removed}
  UNION ALL
  SELECT 'tools', user_id, api_key_id, 'tool: ' || tool, called_at, 1, input_tokens, output_tokens,
         cached_input_tokens, reasoning_tokens, cost_usd, (cost_usd IS NULL)::int, 'tools'
    FROM tool_calls)`;

/** Of whom the runs are that are summed; null is everybody. */
export type UsageSubject = { userId: string } | { othersWithAgentsOf: string } | null;

function toCondition(subject: UsageSubject): { sql: string; values: string[] } {
  if (subject === null) return { sql: '', values: [] };
  if ('userId' in subject) return { sql: 'AND r.user_id = $3', values: [subject.userId] };
  return {
    sql: 'AND r.user_id <> $3 AND r.agent_id IN (SELECT id FROM agents WHERE owner_id = $3)',
    values: [subject.othersWithAgentsOf],
  };
}

type Row = {
  whole: boolean;
  group: string | null;
  label: string | null;
  translations: unknown;
  runs: number;
  input_tokens: number;
  output_tokens: number;
  cached_input_tokens: number;
  reasoning_tokens: number;
  cost_usd: number;
  unknown_costs: number;
};

function toUsageRow(row: Row): UsageRow {
  return {
    group: row.group ?? '',
    label: row.label ?? row.group ?? '',
    translations: NamedAgent.shape.translations.parse(row.translations ?? {}),
    runs: row.runs,
    usage: {
      inputTokens: row.input_tokens,
      outputTokens: row.output_tokens,
      cachedInputTokens: row.cached_input_tokens,
      reasoningTokens: row.reasoning_tokens,
    },
    costUsd: row.cost_usd,
    runsWithUnknownCost: row.unknown_costs,
  };
}

type Span = { from: Date; to: Date; groupBy: UsageQuery['groupBy']; subject: UsageSubject };

/** The sums of each group, and those of all of them together. */
function toSums({ groupBy, subject }: Span, source: string, having = ''): string {
  const { group, label, join } = groupings[groupBy];
  const names = groupBy === 'agent' ? '(SELECT translated_names FROM agents WHERE id = g.grouped)' : 'NULL::jsonb';
  return `
    SELECT grouping(g.grouped, g.label) > 0 AS whole, g.grouped AS "group", g.label, ${names} AS translations,
           coalesce(sum(g.runs), 0)::int AS runs,
           coalesce(sum(g.input_tokens), 0)::float8 AS input_tokens,
           coalesce(sum(g.output_tokens), 0)::float8 AS output_tokens,
           coalesce(sum(g.cached_input_tokens), 0)::float8 AS cached_input_tokens,
           coalesce(sum(g.reasoning_tokens), 0)::float8 AS reasoning_tokens,
           coalesce(sum(g.cost_usd), 0)::float8 AS cost_usd,
           coalesce(sum(g.unknown_costs), 0)::int AS unknown_costs
      FROM (SELECT ${group} AS grouped, ${label} AS label, r.runs, r.input_tokens, r.output_tokens,
                   r.cached_input_tokens, r.reasoning_tokens, r.cost_usd, r.unknown_costs
              FROM ${source} r ${join}
             WHERE r.started_at >= $1 AND r.started_at < $2 ${toCondition(subject).sql}) AS g
     GROUP BY GROUPING SETS ((g.grouped, g.label), ()) ${having}`;
}

/** What others use of somebody's agents is told by run, whoever pays; all else by who pays. */
const isByPayer = ({ subject }: Span) => subject === null || 'userId' in subject;

/** Models are summed apart from the total, in which a run of several is one. */
function toStatement(span: Span): string {
  const whole = withOthers(isByPayer(span) ? runsByPayer(span.subject !== null) : wholeRuns());
  if (span.groupBy !== 'model') return toSums(span, whole);
  const byModel = withOthers(runsByModel(isByPayer(span)), 'WHERE model IS NOT NULL');
  const models = toSums(span, byModel, 'HAVING grouping(g.grouped, g.label) = 0');
  return `${models} UNION ALL ${toSums(span, whole, 'HAVING grouping(g.grouped, g.label) > 0')}`;
}

/** Sums over the stored runs, through the indexes on person and time and on time. */
export function createUsageRepository({ database: { pool } }: { database: Pick<Database, 'pool'> }) {
  return {
    /** One statement; days run upwards, other groups from the most used to the least. `total` has every run of the span. */
    async sumRuns(span: Span): Promise<{ rows: UsageRow[]; total: UsageRow }> {
      const order = span.groupBy === 'day' ? '"group"' : 'runs DESC, "group"';
      const { rows } = await pool.query<Row>(`${toStatement(span)} ORDER BY whole DESC, ${order} LIMIT 1001`, [
        span.from,
        span.to,
        ...toCondition(span.subject).values,
      ]);
      const [total, ...grouped] = rows.map(toUsageRow);
      if (total === undefined) throw new Error('a sum over no runs has no row');
      return { rows: grouped, total: { ...total, group: 'total', label: 'Total' } };
    },
  };
}
export type UsageRepository = ReturnType<typeof createUsageRepository>;
