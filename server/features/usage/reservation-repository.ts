import type { Spending } from '#server/contract/budget.ts';
import type { Database } from '#server/platform/database.ts';
import type { Subject } from './budget-repository.ts';

/** What a run has spent of a subject's budget, and what its next call may take. */
export type Reservation = { subject: Subject; spent: Spending; held: Spending };

/** As long as a process is trusted that has not said that it lives (instance-keeper.ts). */
const goneAfter = "interval '45 seconds'";
/** Longer than another process goes on with a stored sum that lacks a run which ended meanwhile. */
const keptAfterEnd = "interval '1 minute'";
const isLiving = `EXISTS (SELECT FROM hub_instances i WHERE i.id = b.instance_id AND i.seen_at > now() - ${goneAfter})`;

const toColumns = (run: string, reservations: Reservation[]) =>
  JSON.stringify(
    reservations.map(({ subject, spent, held }) => ({
      run_id: run,
      kind: subject.kind,
      subject_id: subject.id,
      tokens: spent.tokens,
      cost_usd: spent.costUsd,
      held_tokens: held.tokens,
      held_usd: held.costUsd,
    })),
  );

/** What runs under way hold of budgets, for the processes of the hub to tell each other. */
export function createReservationRepository({
  database: { pool },
  instanceId,
}: {
  database: Pick<Database, 'pool'>;
  instanceId: string;
}) {
  async function store(run: string, reservations: Reservation[], hasEnded: boolean): Promise<void> {
    await pool.query(
      `INSERT INTO budget_reservations (run_id, kind, subject_id, instance_id, tokens, cost_usd, held_tokens, held_usd, ended_at)
       SELECT run_id, kind, subject_id, $2, tokens, cost_usd, held_tokens, held_usd, CASE WHEN $3 THEN now() END
         FROM jsonb_to_recordset($1::jsonb) AS t(run_id text, kind text, subject_id text, tokens bigint, cost_usd numeric,
              held_tokens bigint, held_usd numeric)
       ON CONFLICT (run_id, kind, subject_id) DO UPDATE
       SET instance_id = EXCLUDED.instance_id, tokens = EXCLUDED.tokens, cost_usd = EXCLUDED.cost_usd,
           held_tokens = EXCLUDED.held_tokens, held_usd = EXCLUDED.held_usd, ended_at = EXCLUDED.ended_at`,
      [toColumns(run, reservations), instanceId, hasEnded],
    );
  }

  return {
    /**
     * Tells the others what a run has spent and holds, and answers what theirs have, in the order of the reservations. Each
     * tells before it looks, so that of two at the same moment at least one sees the other.
     */
    reserve: async (run: string, reservations: Reservation[]): Promise<Omit<Reservation, 'subject'>[]> => {
      await store(run, reservations, false);
      const { rows } = await pool.query<{ tokens: number; usd: number; held_tokens: number; held_usd: number }>(
        `SELECT coalesce(sum(b.tokens), 0)::float8 AS tokens, coalesce(sum(b.cost_usd), 0)::float8 AS usd,
                coalesce(sum(b.held_tokens), 0)::float8 AS held_tokens, coalesce(sum(b.held_usd), 0)::float8 AS held_usd
           FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS s(kind, id, place)
           LEFT JOIN budget_reservations b
             ON b.kind = s.kind AND b.subject_id = s.id AND b.instance_id <> $3 AND (b.ended_at IS NOT NULL OR ${isLiving})
          GROUP BY place ORDER BY place`,
        [reservations.map(({ subject }) => subject.kind), reservations.map(({ subject }) => subject.id), instanceId],
      );
      return rows.map((row) => ({
        spent: { tokens: row.tokens, costUsd: row.usd },
        held: { tokens: row.held_tokens, costUsd: row.held_usd },
      }));
    },

    /** Tells the others what a run has spent in all. Forgets those that ended long ago, and whose process is gone. */
    release: async (run: string, reservations: Reservation[]): Promise<void> => {
      await store(run, reservations, true);
      await pool.query(
        `DELETE FROM budget_reservations b WHERE ended_at < now() - ${keptAfterEnd}
            OR (ended_at IS NULL AND instance_id <> $1 AND NOT ${isLiving})`,
        [instanceId],
      );
    },
  };
}
export type ReservationRepository = ReturnType<typeof createReservationRepository>;
