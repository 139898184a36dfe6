import type { Schedule } from '#server/contract/trigger.ts';
import type { Database } from '#server/platform/database.ts';
import type { PagePosition } from '#server/page-cursor.ts';

/** A firing as it is stored, with the conversation of its run. */
export type FiringRecord = {
  id: string;
  triggerId: string;
  cause: 'schedule' | 'webhook' | 'test';
  status: string;
  detail: string | null;
  digest: string | null;
  input: string;
  attempts: number;
  runId: string | null;
  conversationId: string | null;
  dueAt: Date;
  endedAt: Date | null;
};

export type NewFiring = {
  id: string;
  key: string;
  cause: FiringRecord['cause'];
  status: 'waiting' | 'skipped';
  detail: string | null;
  input: string;
  digest: string | null;
  dueAt: Date;
  startAt: Date | null;
};

export type DueTrigger = { id: string; message: string; language: string; schedule: Schedule; nextAt: Date };

/** How long a process that took a firing up may be silent before another does. */
const leaseMs = 60_000;

const columns = `f.id, f.trigger_id AS "triggerId", f.cause, f.status, f.detail, f.digest, f.input, f.attempts,
  f.run_id AS "runId", f.due_at AS "dueAt", f.ended_at AS "endedAt"`;

const toRow = ({ dueAt, startAt, ...firing }: NewFiring) => ({
  ...firing,
  due_at: dueAt.toISOString(),
  start_at: startAt?.toISOString() ?? null,
  ended_at: firing.status === 'skipped' ? dueAt.toISOString() : null,
});

const insertFiring = (from: string) => `
  INSERT INTO trigger_firings (id, trigger_id, key, cause, status, detail, input, digest, due_at, start_at, ended_at)
  SELECT t.id, ${from}.id, t.key, cause, t.status, t.detail, t.input, t.digest, due_at, start_at, ended_at
  FROM ${from}, jsonb_to_record($1::jsonb) AS t(id text, key text, cause text, status text, detail text, input text,
       digest text, due_at timestamptz, start_at timestamptz, ended_at timestamptz)
  ON CONFLICT (trigger_id, key) DO NOTHING RETURNING id`;

/**
 * The firings of triggers. Several processes may ask at the same time: a due time belongs to the one that moves the
 * trigger on, a delivery to the one that stores its key, and a waiting firing to the one that takes it.
 */
export function createFiringRepository({ database: { pool } }: { database: Pick<Database, 'pool'> }) {
  return {
    /** The schedules that are due, the earliest first. */
    listDue: async (now: Date, limit: number): Promise<DueTrigger[]> =>
      (
        await pool.query<DueTrigger>(
          `SELECT id, message, language, schedule, next_at AS "nextAt" FROM triggers
           WHERE next_at <= $1 AND paused_because IS NULL AND schedule IS NOT NULL ORDER BY next_at LIMIT $2`,
          [now, limit],
        )
      ).rows,

    /** Moves a trigger from a due time to the next and stores its firing; false when another process did. */
    claim: async (
      trigger: string,
      { from, to, firing }: { from: Date; to: Date | null; firing: NewFiring },
    ): Promise<boolean> => {
      const { rows } = await pool.query(
        `WITH moved AS (UPDATE triggers SET next_at = $4 WHERE id = $2 AND next_at = $3 RETURNING id)
         ${insertFiring('moved')}`,
        [JSON.stringify(toRow(firing)), trigger, from, to],
      );
      return rows.length > 0;
    },

    /** Stores a delivery; false when its key came before. */
    add: async (trigger: string, firing: NewFiring): Promise<boolean> => {
      const { rows } = await pool.query(
        `WITH found AS (SELECT id FROM triggers WHERE id = $2) ${insertFiring('found')}`,
        [JSON.stringify(toRow(firing)), trigger],
      );
      return rows.length > 0;
    },

    findByKey: async (trigger: string, key: string): Promise<FiringRecord | null> =>
      (
        await pool.query<FiringRecord>(
          `SELECT ${columns}, NULL AS "conversationId" FROM trigger_firings f WHERE trigger_id = $1 AND key = $2`,
          [trigger, key],
        )
      ).rows[0] ?? null,

    find: async (id: string): Promise<FiringRecord | null> =>
      (
        await pool.query<FiringRecord>(
          `SELECT ${columns}, r.conversation_id AS "conversationId"
           FROM trigger_firings f LEFT JOIN runs r ON r.id = f.run_id WHERE f.id = $1`,
          [id],
        )
      ).rows[0] ?? null,

    /** Takes up what waits for its time, or one of it; nobody else does for a minute. */
    take: async (now: Date, { id = null, limit = 20 }: { id?: string | null; limit?: number } = {}) =>
      (
        await pool.query<FiringRecord>(
          `UPDATE trigger_firings f SET start_at = $2, attempts = attempts + 1
           WHERE id IN (
             SELECT id FROM trigger_firings
             WHERE status = 'waiting' AND start_at <= $1 AND ($3::text IS NULL OR id = $3)
             ORDER BY start_at LIMIT $4 FOR UPDATE SKIP LOCKED
           ) RETURNING ${columns}, NULL AS "conversationId"`,
          [now, new Date(now.getTime() + leaseMs), id, limit],
        )
      ).rows,

    setStarted: async (id: string, runId: string): Promise<void> => {
      await pool.query(`UPDATE trigger_firings SET status = 'running', run_id = $2, detail = NULL WHERE id = $1`, [
        id,
        runId,
      ]);
    },

    putOff: async (id: string, startAt: Date, detail: string): Promise<void> => {
      await pool.query(`UPDATE trigger_firings SET start_at = $2, detail = $3 WHERE id = $1`, [id, startAt, detail]);
    },

    end: async (id: string, status: 'skipped' | 'refused', { detail, at }: { detail: string; at: Date }) => {
      await pool.query(`UPDATE trigger_firings SET status = $2, detail = $3, ended_at = $4 WHERE id = $1`, [
        id,
        status,
        detail,
        at,
      ]);
    },

    /** Notes the ends of runs, and stores a callback for each where one is wanted. Together: none is lost or doubled. */
    settle: async (now: Date): Promise<void> => {
      await pool.query(
        `WITH ended AS (
           UPDATE trigger_firings f SET status = r.status, ended_at = r.ended_at, detail = r.error ->> 'detail'
           FROM runs r WHERE f.status = 'running' AND r.id = f.run_id AND r.ended_at IS NOT NULL
           RETURNING f.id, f.trigger_id, f.run_id, f.status
         )
         INSERT INTO trigger_deliveries (id, trigger_id, run_id, event, next_at, created_at)
         SELECT ended.id, trigger_id, run_id,
                CASE ended.status WHEN 'completed' THEN 'run.completed' ELSE 'run.failed' END, $1, $1
         FROM ended JOIN triggers ON triggers.id = trigger_id WHERE callback_url IS NOT NULL
         ON CONFLICT DO NOTHING`,
        [now],
      );
    },

    /** When there is something to do next; null when nothing waits. Runs under way tell themselves when they end. */
    findNextTime: async (): Promise<Date | null> =>
      (
        await pool.query<{ at: Date | null }>(
          `SELECT LEAST(
             (SELECT min(next_at) FROM triggers WHERE paused_because IS NULL),
             (SELECT min(start_at) FROM trigger_firings WHERE status = 'waiting')
           ) AS at`,
        )
      ).rows[0]?.at ?? null,

    /** A trigger's firings, newest first. */
    list: async (
      trigger: string,
      { after, limit }: { after: PagePosition | null; limit: number },
    ): Promise<FiringRecord[]> =>
      (
        await pool.query<FiringRecord>(
          `SELECT ${columns}, r.conversation_id AS "conversationId"
           FROM trigger_firings f LEFT JOIN runs r ON r.id = f.run_id
           WHERE f.trigger_id = $1 AND ($2::timestamptz IS NULL OR (due_at, f.id) < ($2, $3))
           ORDER BY due_at DESC, f.id DESC LIMIT $4`,
          [trigger, after?.at ?? null, after?.id ?? null, limit],
        )
      ).rows,

    /** The newest firing of each of some triggers. */
    listLast: async (triggers: string[]): Promise<FiringRecord[]> =>
      (
        await pool.query<FiringRecord>(
          `SELECT f.*, r.conversation_id AS "conversationId" FROM unnest($1::text[]) AS t(id)
           CROSS JOIN LATERAL (
             SELECT ${columns} FROM trigger_firings f WHERE trigger_id = t.id ORDER BY due_at DESC, id DESC LIMIT 1
           ) AS f LEFT JOIN runs r ON r.id = f."runId"`,
          [triggers],
        )
      ).rows,

    removeOlder: async (before: Date): Promise<void> => {
      await pool.query('DELETE FROM trigger_firings WHERE ended_at < $1', [before]);
      await pool.query(
        `DELETE FROM trigger_deliveries d WHERE ended_at < $1
           OR (status = 'running' AND NOT EXISTS (SELECT FROM runs WHERE runs.id = d.run_id))`,
        [before],
      );
    },
  };
}
export type FiringRepository = ReturnType<typeof createFiringRepository>;
