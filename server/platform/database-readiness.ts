import type { Database } from './database.ts';
import { within } from './within.ts';

const longestWaitMs = 2000;

/** Asks whether the database answers, and takes no answer in time for a no. Who asks meanwhile shares the question. */
export function createDatabaseReadiness({ database: { pool } }: { database: Pick<Database, 'pool'> }) {
  let asking: Promise<boolean> | null = null;

  async function ask(): Promise<boolean> {
    const question = { text: 'SELECT 1', query_timeout: longestWaitMs };
    const isAnswered = await pool.query(question).then(
      () => true,
      () => false,
    );
    asking = null;
    return isAnswered;
  }

  return async (): Promise<boolean> => {
    asking ??= ask();
    // A connection alone may take longer than anybody waits.
    return (await within(longestWaitMs, asking)) ?? false;
  };
}
