import type { Pool } from 'pg';
import type { PrismaClient } from '#server/platform/generated/prisma/client.ts';
import type { DatabaseFault } from './database-faults.ts';

/** The one Postgres of the hub, embedded or real: Prisma for what people edit, the pool for the hot path. */
export type Database = {
  prisma: PrismaClient;
  pool: Pool;
  /** `embedded` (PGlite) or `server`. */
  kind: 'embedded' | 'server';
  /** Whether something thrown is the database's own fault, and not the fault of what it was asked. */
  findFault: (thrown: unknown) => DatabaseFault | null;
  close: () => Promise<void>;
};
