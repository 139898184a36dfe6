import { v7 } from 'uuid';
import { RunRequest, RunRequestOutcome } from '#server/contract/run-request.ts';
import type { Database } from '#server/platform/database.ts';

/** What the processes of the hub ask each other, through their database. */
export function createRunRequestRepository({
  database: { pool, kind },
  instanceId,
}: {
  database: Pick<Database, 'pool' | 'kind'>;
  /** This process. */
  instanceId: string;
}) {
  return {
    /** Whether there may be other processes to ask; an embedded database belongs to this process alone. */
    isShared: kind === 'server',

    /** Puts a request to the process that a run lives in; null when the run has ended. */
    add: async (run: string, content: RunRequest): Promise<string | null> => {
      const id = v7();
      const added = await pool.query(
        `INSERT INTO run_requests (id, run_id, instance_id, content)
         SELECT $1, id, instance_id, $3 FROM runs WHERE id = $2 AND ended_at IS NULL AND instance_id IS NOT NULL`,
        [id, run, JSON.stringify(content)],
      );
      return added.rowCount === 0 ? null : id;
    },

    findOutcome: async (id: string): Promise<RunRequestOutcome | null> => {
      const { rows } = await pool.query<{ outcome: unknown }>('SELECT outcome FROM run_requests WHERE id = $1', [id]);
      return RunRequestOutcome.safeParse(rows[0]?.outcome).data ?? null;
    },

    remove: async (id: string): Promise<void> => {
      await pool.query('DELETE FROM run_requests WHERE id = $1', [id]);
    },

    /** What this process is asked and has not answered, oldest first. */
    listOpen: async (): Promise<{ id: string; run: string; content: RunRequest | null }[]> => {
      const { rows } = await pool.query<{ id: string; run_id: string; content: unknown }>(
        'SELECT id, run_id, content FROM run_requests WHERE instance_id = $1 AND outcome IS NULL ORDER BY id',
        [instanceId],
      );
      return rows.map((row) => ({
        id: row.id,
        run: row.run_id,
        content: RunRequest.safeParse(row.content).data ?? null,
      }));
    },

    answer: async (id: string, outcome: RunRequestOutcome): Promise<void> => {
      await pool.query('UPDATE run_requests SET outcome = $2 WHERE id = $1', [id, outcome]);
    },

    /** Those of the given runs that are still under way, wherever they live. */
    listRunning: async (runs: string[]): Promise<string[]> => {
      const { rows } = await pool.query<{ id: string }>(
        `SELECT id FROM runs WHERE id = ANY($1) AND status = 'running' AND ended_at IS NULL`,
        [runs],
      );
      return rows.map(({ id }) => id);
    },

    /** Those of a conversation that are under way in other processes. */
    listElsewhere: async (conversationId: string): Promise<string[]> => {
      const { rows } = await pool.query<{ id: string }>(
        `SELECT id FROM runs WHERE conversation_id = $1 AND status = 'running' AND ended_at IS NULL AND instance_id <> $2`,
        [conversationId, instanceId],
      );
      return rows.map(({ id }) => id);
    },

    /** How the given runs stand: it differs as soon as there is something new to read. A deleted one is not there. */
    listStates: async (runs: string[]): Promise<Map<string, string>> => {
      const { rows } = await pool.query<{ id: string; state: string }>(
        `SELECT id, concat(status, ' ', c.number) AS state
         FROM runs LEFT JOIN run_checkpoints c ON c.run_id = runs.id WHERE id = ANY($1)`,
        [runs],
      );
      return new Map(rows.map(({ id, state }) => [id, state]));
    },
  };
}
export type RunRequestRepository = ReturnType<typeof createRunRequestRepository>;
