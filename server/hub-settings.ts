import type { Passwords } from '#server/features/accounts/session-keeper.ts';
import type { Database } from '#server/platform/database.ts';
import type { createDocumentReader } from '#server/platform/documents/document-reader.ts';
import type { HubEnvironment } from '#server/platform/env.ts';
import type { openQueries } from './open-queries.ts';

/** What one hub is made of. */
export type HubSettings = {
  environment: HubEnvironment;
  database: Database;
  /** Where people reach the hub. */
  baseUrl: string;
  /** What the hub calls itself to other software. */
  version: string;
  /** The shipped packages. */
  agentsFolder: string;
  /** Where the build put the workers. */
  workersFolder: URL;
  /** Where failures that are not the client's go. */
  logError: (error: unknown, message: string) => void;
  now?: () => Date;
  /** Limits of one document; those of `createDocumentReader` unless told. */
  documentLimits?: Parameters<typeof createDocumentReader>[0]['limits'];
  /** Limits of one query; those of `createSqlEngine` unless told. */
  sqlLimits?: Parameters<typeof openQueries>[0]['limits'];
  /** How long the end of a run is tried to be stored while the database is away; a minute unless told. */
  storePatienceMs?: number | undefined;
  /** How passwords are hashed; as better-auth does it unless told. */
  passwords?: Passwords | undefined;
};
