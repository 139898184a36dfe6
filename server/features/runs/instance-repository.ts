import type { Database } from '#server/platform/database.ts';

/** The processes of the hub that take runs on this database, and when each was last seen to live. */
export function createInstanceRepository({ database: { pool, kind } }: { database: Pick<Database, 'pool' | 'kind'> }) {
  return {
    /** Whether other processes may serve the same database; an embedded one belongs to this process alone. */
    isShared: kind === 'server',
    begin: async (id: string): Promise<void> => {
      await pool.query(
        kind === 'server'
          ? `INSERT INTO hub_instances (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET seen_at = now()`
          : `WITH gone AS (DELETE FROM hub_instances WHERE id <> $1)
             INSERT INTO hub_instances (id) VALUES ($1) ON CONFLICT (id) DO NOTHING`,
        [id],
      );
    },
    end: async (id: string): Promise<void> => {
      await pool.query('DELETE FROM hub_instances WHERE id = $1', [id]);
    },
    /** Forgets processes that have been gone for long, and what nobody waits for any more. */
    forgetOlderThan: async (ageMs: number): Promise<void> => {
      const isOlder = `< now() - $1::double precision * interval '1 millisecond'`;
      await pool.query(`DELETE FROM hub_instances WHERE seen_at ${isOlder}`, [ageMs]);
      await pool.query(`DELETE FROM run_requests WHERE created_at ${isOlder}`, [ageMs]);
    },
  };
}
export type InstanceRepository = ReturnType<typeof createInstanceRepository>;
