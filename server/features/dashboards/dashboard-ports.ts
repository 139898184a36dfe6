import type { Actor } from '#server/contract/actor.ts';
import type { Execution, ResultPage } from '#server/contract/execution.ts';
import type { RefreshSchedule } from '#server/contract/dashboard.ts';
import type { JsonObject } from '#server/contract/json.ts';
import type { CreateQueryInput, SavedQuery } from '#server/contract/saved-query.ts';
import type { ReportBlock } from '#server/contract/report-block.ts';

export type DashboardPorts = {
  /** A saved query as the actor sees it. @throws {HubError} `not_found` */
  getQuery: (actor: Actor, id: string) => Promise<SavedQuery>;
  createQuery: (actor: Actor, input: CreateQueryInput) => Promise<SavedQuery>;
  /** @throws {HubError} `not_found` */
  getExecution: (actor: Actor, id: string) => Promise<Execution>;
  /** Runs a saved query to its end, with the first rows of its result; an abort stops it. */
  runQuery: (
    actor: Actor,
    query: { id: string; values: Record<string, string>; columns: (of: Execution) => string[]; limit: number },
    signal: AbortSignal,
  ) => Promise<{ execution: Execution; page: ResultPage | null }>;
  /** Who a person is now; null when they are gone. */
  findActor: (userId: string) => Promise<Actor | null>;
  /** Null where it never comes again; throws where it cannot be read. */
  findNextTime: (schedule: RefreshSchedule, after: Date) => Date | null;
  isSharingAllowed: () => Promise<boolean>;
  drawChart: (specification: JsonObject, signal: AbortSignal) => Promise<{ svg: string }>;
  drawPicture: (specification: JsonObject, signal: AbortSignal) => Promise<Uint8Array>;
  writePdf: (blocks: ReportBlock[]) => Uint8Array;
  now: () => Date;
  logError: (error: unknown, message: string) => void;
};
