/** What the thread is started with: where the database is, and where it listens. */
export type DatabaseWorkerData = { databaseFolder: string; socketPath: string };
export type DatabaseWorkerRequest = {
  id: number;
  ask: { kind: 'back-up'; file: string } | { kind: 'report' } | { kind: 'close' };
};
export type DatabaseWorkerReply =
  | { kind: 'ready' }
  /** `busyMs`: how long the statement under way has taken; 0 when there is none. */
  | { kind: 'done'; id: number; busyMs: number }
  | { kind: 'failed'; id: number; message: string };

/** The status of a thread whose Postgres gave up. */
export const panicStatus = 3;
