import type { Database } from '#server/platform/database.ts';
import type { PagePosition } from '#server/page-cursor.ts';

/** A callback as it is stored. */
export type DeliveryRecord = {
  id: string;
  /** Null for a run that no trigger started; it has a person and an address. */
  triggerId: string | null;
  userId: string | null;
  url: string | null;
  runId: string;
  event: string;
  status: string;
  attempts: number;
  lastStatus: number | null;
  lastError: string | null;
  nextAt: Date | null;
  createdAt: Date;
  endedAt: Date | null;
};

/** The callbacks of one trigger, or of a person's runs; `agentIds`: only those of these agents. */
export type DeliveryScope = { triggerId: string } | { userId: string; agentIds: string[] | null };

export type DeliveryOutcome = {
  status: 'waiting' | 'delivered' | 'dead';
  lastStatus: number | null;
  lastError: string | null;
  nextAt: Date | null;
  endedAt: Date | null;
};

/** How long a process that sends a callback may be silent before another sends it. */
const leaseMs = 60_000;

const columns = `id, trigger_id AS "triggerId", user_id AS "userId", url, run_id AS "runId", event, status, attempts,
  last_status AS "lastStatus", last_error AS "lastError", next_at AS "nextAt", created_at AS "createdAt", ended_at AS "endedAt"`;

/** `$1`: the trigger, `$2`: or the person, `$3`: and the agents. */
const isIn = `(trigger_id = $1 OR (user_id = $2 AND ($3::text[] IS NULL
  OR EXISTS (SELECT FROM runs WHERE runs.id = run_id AND agent_id = ANY($3))))) AND status <> 'running'`;

const toValues = (scope: DeliveryScope) =>
  'triggerId' in scope ? [scope.triggerId, null, null] : [null, scope.userId, scope.agentIds];

/** The callbacks of triggers and of runs: kept until they are taken or given up. */
export function createDeliveryRepository({ database: { pool } }: { database: Pick<Database, 'pool'> }) {
  return {
    /** Has the callbacks of runs that have ended sent. */
    settle: async (now: Date): Promise<void> => {
      await pool.query(
        `UPDATE trigger_deliveries d SET status = 'waiting', next_at = $1,
           event = CASE r.status WHEN 'completed' THEN 'run.completed' ELSE 'run.failed' END
         FROM runs r WHERE d.status = 'running' AND r.id = d.run_id AND r.ended_at IS NOT NULL`,
        [now],
      );
    },

    /** Takes what is to be sent; nobody else does for a minute. */
    take: async (now: Date, limit: number): Promise<DeliveryRecord[]> =>
      (
        await pool.query<DeliveryRecord>(
          `UPDATE trigger_deliveries SET next_at = $2, attempts = attempts + 1
           WHERE id IN (
             SELECT id FROM trigger_deliveries WHERE status = 'waiting' AND next_at <= $1
             ORDER BY next_at LIMIT $3 FOR UPDATE SKIP LOCKED
           ) RETURNING ${columns}`,
          [now, new Date(now.getTime() + leaseMs), limit],
        )
      ).rows,

    setOutcome: async (id: string, { status, lastStatus, lastError, nextAt, endedAt }: DeliveryOutcome) => {
      await pool.query(
        `UPDATE trigger_deliveries SET status = $2, last_status = $3, last_error = $4, next_at = $5, ended_at = $6
         WHERE id = $1`,
        [id, status, lastStatus, lastError, nextAt, endedAt],
      );
    },

    /** Sends one again that was given up or taken; null when there is none. */
    sendAgain: async (scope: DeliveryScope, id: string, now: Date): Promise<DeliveryRecord | null> =>
      (
        await pool.query<DeliveryRecord>(
          `UPDATE trigger_deliveries SET status = 'waiting', attempts = 0, next_at = $5, ended_at = NULL
           WHERE ${isIn} AND id = $4 RETURNING ${columns}`,
          [...toValues(scope), id, now],
        )
      ).rows[0] ?? null,

    findNextTime: async (): Promise<Date | null> =>
      (
        await pool.query<{ at: Date | null }>(
          `SELECT min(next_at) AS at FROM trigger_deliveries WHERE status = 'waiting'`,
        )
      ).rows[0]?.at ?? null,

    /** Newest first; those of runs that are under way are none yet. */
    list: async (
      scope: DeliveryScope,
      { status, after, limit }: { status: string | null; after: PagePosition | null; limit: number },
    ): Promise<DeliveryRecord[]> =>
      (
        await pool.query<DeliveryRecord>(
          `SELECT ${columns} FROM trigger_deliveries
           WHERE ${isIn} AND ($4::text IS NULL OR status = $4)
             AND ($5::timestamptz IS NULL OR (created_at, id) < ($5, $6))
           ORDER BY created_at DESC, id DESC LIMIT $7`,
          [...toValues(scope), status, after?.at ?? null, after?.id ?? null, limit],
        )
      ).rows,

    /** How many callbacks of each of some triggers were given up. */
    countDead: async (triggers: string[]): Promise<Map<string, number>> => {
      const { rows } = await pool.query<{ id: string; count: number }>(
        `SELECT trigger_id AS id, count(*)::int AS count FROM trigger_deliveries
         WHERE trigger_id = ANY($1) AND status = 'dead' GROUP BY trigger_id`,
        [triggers],
      );
      return new Map(rows.map(({ id, count }) => [id, count]));
    },
  };
}
export type DeliveryRepository = ReturnType<typeof createDeliveryRepository>;
