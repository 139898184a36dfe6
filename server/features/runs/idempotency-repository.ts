import type { Database } from '#server/platform/database.ts';

const batch = 1000;

export function createIdempotencyRepository({ database: { pool } }: { database: Pick<Database, 'pool'> }) {
  return {
    /** Frees the idempotency keys of older runs, in small statements so that no run waits for long. */
    clearIdempotencyKeys: async (startedBefore: Date): Promise<void> => {
      for (let cleared = batch; cleared === batch;) {
        const { rowCount } = await pool.query(
          `UPDATE runs SET idempotency_key = NULL, request_digest = NULL
            WHERE id IN (SELECT id FROM runs WHERE idempotency_key IS NOT NULL AND started_at < $1 LIMIT ${batch})`,
          [startedBefore],
        );
        cleared = rowCount ?? 0;
      }
    },
  };
}
