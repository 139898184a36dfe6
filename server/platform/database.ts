import type { Pool } from 'pg';
import type { PrismaClient } from '#server/platform/generated/prisma/client.ts';

/** The one Postgres of the hub, embedded or real: Prisma for what people edit, the pool for the hot path. */
export type Database = {
  prisma: PrismaClient;
  pool: Pool;
  /** `embedded` (PGlite) or `server`. */
  kind: 'embedded' | 'server';
  close: () => Promise<void>;
};
