import type { Database } from '#server/platform/database.ts';

const batch = 1000;

export function createPreviewRepository({ database: { pool } }: { database: Pick<Database, 'pool'> }) {
  return {
    /** Removes previews, tests and talks that were last used before a time, with their messages; their runs stay for the usage. */
    removePreviews: async (usedBefore: Date): Promise<void> => {
      for (let removed = batch; removed === batch;) {
        const { rowCount } = await pool.query(
          `DELETE FROM conversations WHERE id IN (
             SELECT id FROM conversations WHERE source IN ('preview', 'test', 'talk') AND updated_at < $1 LIMIT ${batch})`,
          [usedBefore],
        );
        removed = rowCount ?? 0;
      }
    },
  };
}
