import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type PgBoss from 'pg-boss';
import type { JsonObject } from '#server/contract/json.ts';
import type { Database } from './database.ts';
import { watchDueTimes } from './watch-due-times.ts';

export type JobSettings = {
  handler: (data: JsonObject) => Promise<void>;
  /** When it is due again and again, in five fields and UTC; only one of several hubs takes it. */
  cron?: string;
  /** How often a failed job is tried again, with growing pauses; 3 unless told. */
  retryLimit?: number;
  /** After how long a job counts as failed; 15 minutes unless told. */
  timeoutSeconds?: number;
  /** How soon a job that another process sent is noticed; one sent here is taken at once. */
  pollEverySeconds?: number;
};

export type Jobs = ReturnType<typeof createJobs>;

type Needs = {
  database: Pick<Database, 'pool'>;
  logError: (error: unknown, message: string) => void;
  now?: () => Date;
};

const stopTimeoutMs = 2000;
const lockPauseMs = 200;
/** Arbitrary, but the same in every hub on a database. */
const advisoryLock = 7_241_890;

/**
 * Background jobs, kept in the hub's own database by pg-boss.
 *
 * They go through the shared pool, because an embedded database has one session for all. A job is done at least once:
 * one that a crash cut off is taken again when its time is over.
 */
export function createJobs({ database: { pool }, logError, now = () => new Date() }: Needs) {
  const registered = new Map<string, JobSettings>();
  const workers = new Map<string, string>();
  let isQuiet = false;
  let isStopping = false;
  let starting: Promise<PgBoss> | null = null;
  let stopWatching = () => {};

  const execute = (text: string, values: unknown[]): Promise<{ rows: unknown[] }> => pool.query(text, values);

  /** Some of the library's own statements are awaited by nobody; their failure must not end the hub. */
  async function executeQuietly(text: string, values: unknown[]): Promise<{ rows: unknown[] }> {
    if (!isQuiet) return execute(text, values);
    try {
      return await execute(text, values);
    } catch (error) {
      if (!isStopping) logError(error, 'background jobs cannot reach the database');
      return {} as { rows: unknown[] };
    }
  }

  async function open(): Promise<PgBoss> {
    const { default: Boss } = await import('pg-boss');
    const boss = new Boss({
      db: { executeSql: executeQuietly },
      schedule: false,
      retryBackoff: true,
    });
    boss.on('error', (error) => {
      if (!isStopping) logError(error, 'background jobs failed');
    });
    await alone(async () => {
      await boss.start();
      for (const [name, settings] of registered) await add(boss, name, settings);
    });
    isQuiet = true;
    const crons = new Map([...registered].flatMap(([name, { cron }]) => (cron === undefined ? [] : [[name, cron]])));
    if (!isStopping)
      stopWatching = watchDueTimes({ crons, now, onDue: (name, dueAt) => void sendDue(boss, name, dueAt) });
    return boss;
  }

  /** Making tables for the same jobs at the same time, several hubs would lock each other out. */
  async function alone(work: () => Promise<void>) {
    const client = await pool.connect();
    try {
      while (!(await tryLock(client))) await wait(lockPauseMs);
      await work();
      await client.query('SELECT pg_advisory_unlock($1)', [advisoryLock]);
      client.release();
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  /** Asked for again and again: waiting for a lock inside of a statement would meet the statement's time limit. */
  async function tryLock(client: PoolClient): Promise<boolean> {
    const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [
      advisoryLock,
    ]);
    return rows[0]?.locked === true;
  }

  async function add(boss: PgBoss, name: string, settings: JobSettings) {
    const { handler, retryLimit = 3, timeoutSeconds = 900, pollEverySeconds = 30 } = settings;
    await boss.createQueue(name, {
      name,
      policy: 'standard',
      retryLimit,
      retryBackoff: true,
      expireInSeconds: timeoutSeconds,
    });
    const worker = await boss.work<JsonObject | null>(
      name,
      { pollingIntervalSeconds: pollEverySeconds, batchSize: 1 },
      async (taken) => {
        for (const { data } of taken) await work(name, handler, data ?? {});
      },
    );
    workers.set(name, worker);
  }

  /** Every hub on the database sends it under the same id, of which there can be one. */
  async function sendDue(boss: PgBoss, name: string, dueAt: Date) {
    try {
      await boss.send(name, {}, { id: toDueId(name, dueAt), db: { executeSql: execute } });
      boss.notifyWorker(workers.get(name) ?? '');
    } catch (error) {
      if (!isStopping) logError(error, `the job ${name} could not be sent when it was due`);
    }
  }

  async function work(name: string, handler: JobSettings['handler'], data: JsonObject) {
    try {
      await handler(data);
    } catch (error) {
      logError(error, `the job ${name} failed`);
      throw error;
    }
  }

  return {
    /** Before `start`. */
    register: (name: string, settings: JobSettings): void => {
      if (starting !== null) throw new Error(`The job ${name} is registered too late.`);
      registered.set(name, settings);
    },

    /** Begins to take jobs. A failure is logged: the hub answers people without its background jobs. */
    start: async (): Promise<void> => {
      if (isStopping) return;
      starting ??= open();
      await starting.catch((error: unknown) => {
        if (!isStopping) logError(error, 'background jobs could not be started');
      });
    },

    /**
     * Stores a job, and resolves after the commit.
     *
     * @throws {Error} when the jobs are not started, or there is no such job
     */
    send: async (name: string, data: JsonObject = {}, { startAfter }: { startAfter?: Date } = {}): Promise<void> => {
      if (!registered.has(name)) throw new Error(`There is no job ${name}.`);
      if (starting === null) throw new Error('Background jobs are not started.');
      const boss = await starting;
      await boss.send(name, data, {
        db: { executeSql: execute },
        ...(startAfter === undefined ? {} : { startAfter }),
      });
      boss.notifyWorker(workers.get(name) ?? '');
    },

    /** Takes no more jobs and gives those under way a moment; what is cut off is taken again later. */
    stop: async (): Promise<void> => {
      isStopping = true;
      stopWatching();
      const boss = await starting?.catch(() => null);
      await boss
        ?.stop({ graceful: true, wait: true, timeout: stopTimeoutMs })
        .catch((error: unknown) => logError(error, 'background jobs could not be stopped'));
    },
  };
}

function toDueId(name: string, dueAt: Date): string {
  const digest = createHash('sha256').update(`${name} ${dueAt.toISOString()}`).digest('hex');
  return digest.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
