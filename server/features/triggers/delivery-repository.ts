import type { Database } from '#server/platform/database.ts';
import type { PagePosition } from '#server/page-cursor.ts';

/** A callback as it is stored. */
export type DeliveryRecord = {
  id: string;
  triggerId: string;
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

export type DeliveryOutcome = {
  status: 'waiting' | 'delivered' | 'dead';
  lastStatus: number | null;
  lastError: string | null;
  nextAt: Date | null;
  endedAt: Date | null;
};

/** How long a process that sends a callback may be silent before another sends it. */
const leaseMs = 60_000;

const columns = `id, trigger_id AS "triggerId", run_id AS "runId", event, status, attempts, last_status AS "lastStatus",
  last_error AS "lastError", next_at AS "nextAt", created_at AS "createdAt", ended_at AS "endedAt"`;

/** The callbacks of triggers: kept until they are taken or given up. */
export function createDeliveryRepository({ database: { pool } }: { database: Pick<Database, 'pool'> }) {
  return {
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
    sendAgain: async (trigger: string, id: string, now: Date): Promise<DeliveryRecord | null> =>
      (
        await pool.query<DeliveryRecord>(
          `UPDATE trigger_deliveries SET status = 'waiting', attempts = 0, next_at = $3, ended_at = NULL
           WHERE trigger_id = $1 AND id = $2 RETURNING ${columns}`,
          [trigger, id, now],
        )
      ).rows[0] ?? null,

    findNextTime: async (): Promise<Date | null> =>
      (
        await pool.query<{ at: Date | null }>(
          `SELECT min(next_at) AS at FROM trigger_deliveries WHERE status = 'waiting'`,
        )
      ).rows[0]?.at ?? null,

    /** A trigger's callbacks, newest first. */
    list: async (
      trigger: string,
      { status, after, limit }: { status: string | null; after: PagePosition | null; limit: number },
    ): Promise<DeliveryRecord[]> =>
      (
        await pool.query<DeliveryRecord>(
          `SELECT ${columns} FROM trigger_deliveries
           WHERE trigger_id = $1 AND ($2::text IS NULL OR status = $2)
             AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4))
           ORDER BY created_at DESC, id DESC LIMIT $5`,
          [trigger, status, after?.at ?? null, after?.id ?? null, limit],
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
