import { RunCheckpoint } from '#server/contract/run-checkpoint.ts';
import { readRunOrigin, type RunOrigin } from '#server/contract/run-origin.ts';
import { NamedAgent } from '#server/contract/run-event.ts';
import { RunWait, WaitAnswer } from '#server/contract/run-wait.ts';
import type { PagePosition } from '#server/page-cursor.ts';
import type { Database } from '#server/platform/database.ts';
import { claimSleep, joinCaller, listWaits } from './sleep-statements.ts';

/** A wait with what tells who may answer it. */
export type StoredWait = {
  wait: RunWait;
  userId: string;
  /** The agent that the run was begun with. */
  agentId: string;
  /** The agent that makes the call, and its owner; null: it is gone, or came with the hub. */
  caller: { agentId: string | null; ownerId: string | null };
};

export type ListedWait = {
  wait: RunWait;
  createdAt: Date;
  runId: string;
  agent: NamedAgent;
  conversationId: string | null;
  person: { name: string } | null;
  startedBy: RunOrigin | null;
};

/** `checkpoint` is null when this version of the hub cannot read it. */
export type ClaimedSleep = { checkpoint: RunCheckpoint | null; answers: Record<string, WaitAnswer> };

const readAnswers = (answers: unknown): Record<string, WaitAnswer> =>
  Object.fromEntries(
    Object.entries((answers ?? {}) as Record<string, unknown>).map(([id, answer]) => [id, WaitAnswer.parse(answer)]),
  );

/** Runs that wait for a person, and what they wait for. Several processes may serve one database. */
export function createWaitRepository({
  database: { pool },
  instanceId,
}: {
  database: Pick<Database, 'pool'>;
  /** This process. */
  instanceId: string;
}) {
  return {
    /** An open wait of a run. */
    find: async (run: string, id: string): Promise<StoredWait | null> => {
      const { rows } = await pool.query<Omit<StoredWait, 'wait'> & { content: unknown }>(
        `SELECT w.content, r.user_id AS "userId", r.agent_id AS "agentId",
                jsonb_build_object('agentId', a.id, 'ownerId', a.owner_id) AS caller
         FROM run_waits w JOIN runs r ON r.id = w.run_id ${joinCaller}
         WHERE w.id = $2 AND w.run_id = $1 AND w.answer IS NULL AND r.ended_at IS NULL`,
        [run, id],
      );
      const { content, ...facts } = rows[0] ?? {};
      const wait = RunWait.safeParse(content);
      return wait.success ? { wait: wait.data, ...(facts as Omit<StoredWait, 'wait'>) } : null;
    },

    /** Stores an answer; false when there was one already, or the wait has expired. */
    answer: async (id: string, answer: WaitAnswer, now: Date): Promise<boolean> => {
      const stored = await pool.query(
        'UPDATE run_waits SET answer = $2 WHERE id = $1 AND answer IS NULL AND expires_at > $3',
        [id, JSON.stringify(answer), now],
      );
      return stored.rowCount === 1;
    },

    /** Takes up a run that waits, for this process alone; null when it does not wait, or another was faster. */
    claim: async (run: string, { again }: { again: boolean }): Promise<ClaimedSleep | null> => {
      const { rows } = await pool.query<{ content: unknown; answers: unknown }>(claimSleep, [run, instanceId, again]);
      const row = rows[0];
      if (row === undefined) return null;
      return { checkpoint: RunCheckpoint.safeParse(row.content).data ?? null, answers: readAnswers(row.answers) };
    },

    /** Answers what has expired. */
    expire: async (now: Date): Promise<void> => {
      const answer: WaitAnswer = { outcome: 'expired' };
      await pool.query('UPDATE run_waits SET answer = $2 WHERE expires_at <= $1 AND answer IS NULL', [
        now,
        JSON.stringify(answer),
      ]);
    },

    /** Runs that wait although something was answered: nobody has taken them up. */
    listAnswered: async (): Promise<string[]> => {
      const { rows } = await pool.query<{ id: string }>(
        `SELECT id FROM runs WHERE status = 'waiting'
           AND EXISTS (SELECT FROM run_waits WHERE run_id = runs.id AND answer IS NOT NULL)`,
      );
      return rows.map(({ id }) => id);
    },

    /** When the next wait expires. */
    findNextExpiry: async (): Promise<Date | null> => {
      const { rows } = await pool.query<{ at: Date | null }>(
        'SELECT min(expires_at) AS at FROM run_waits WHERE answer IS NULL',
      );
      return rows[0]?.at ?? null;
    },

    hasAnswer: async (run: string): Promise<boolean> => {
      const found = await pool.query('SELECT FROM run_waits WHERE run_id = $1 AND answer IS NOT NULL LIMIT 1', [run]);
      return found.rowCount === 1;
    },

    /** The runs that wait in a conversation. */
    listInConversation: async (conversationId: string): Promise<string[]> => {
      const { rows } = await pool.query<{ id: string }>(
        `SELECT id FROM runs WHERE conversation_id = $1 AND status = 'waiting' ORDER BY started_at DESC`,
        [conversationId],
      );
      return rows.map(({ id }) => id);
    },

    /** Open waits that an actor may answer, newest first. */
    list: async ({
      userId,
      agentIds,
      now,
      after,
      limit,
    }: {
      userId: string;
      agentIds: string[] | null;
      now: Date;
      after: PagePosition | null;
      limit: number;
    }): Promise<ListedWait[]> => {
      type Row = { content: unknown; createdAt: Date; runId: string; conversationId: string | null; person: string } & {
        agentId: string;
        handle: string;
        name: string;
        translations: unknown;
        isOwn: boolean;
        startedBy: unknown;
        apiKeyId: string | null;
      };
      const values = [userId, agentIds, now, after?.at ?? null, after?.id ?? null, limit];
      const { rows } = await pool.query<Row>(listWaits, values);
      return rows.flatMap((row) => {
        const wait = RunWait.safeParse(row.content);
        if (!wait.success) return [];
        const { agentId, handle, name, translations, createdAt, runId, conversationId, isOwn, person } = row;
        const shown = isOwn
          ? { conversationId, person: null, startedBy: readRunOrigin(row) }
          : { conversationId: null, person: { name: person }, startedBy: null };
        return [
          {
            wait: wait.data,
            createdAt,
            runId,
            agent: NamedAgent.parse({ id: agentId, handle, name, translations }),
            ...shown,
          },
        ];
      });
    },
  };
}
export type WaitRepository = ReturnType<typeof createWaitRepository>;
