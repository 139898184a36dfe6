import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from '#server/platform/generated/prisma/client.ts';
import type { Database } from './database.ts';
import { findLockHolder } from './embedded/data-folder-lock.ts';
import { openEmbeddedDatabase, toSocketAddress } from './embedded/open-embedded-database.ts';
import { type Migration, migrate } from './migrate.ts';

/** Where a hub keeps its data. Without `databaseUrl` the database is embedded, in `dataFolder`. */
export type DatabaseSettings = {
  databaseUrl?: string | undefined;
  dataFolder: string;
  migrations: Migration[];
  workerFile: URL;
  templateFolder?: string | undefined;
  /** Says what it does, a line a time. */
  say?: (line: string) => void;
};

const embeddedConnections = 6;
const serverConnections = 12;
const connectTimeoutMs = 10_000;

/**
 * Opens the hub's database, migrated to the newest schema.
 *
 * @throws {Error} with what to do, when it is in use, cannot be reached, is too old, or lacks pgvector
 */
export async function openDatabase(settings: DatabaseSettings): Promise<Database> {
  return settings.databaseUrl === undefined ? openEmbedded(settings) : openServer(settings, settings.databaseUrl);
}

/**
 * Connects to the data of a hub that may be running: through its socket when it is, else by opening the database.
 * For the command line, which works beside a running hub.
 */
export async function connectDatabase(settings: DatabaseSettings): Promise<Database> {
  if (settings.databaseUrl !== undefined) return openDatabase(settings);
  const holder = findLockHolder(settings.dataFolder);
  if (holder === null) return openDatabase(settings);
  const pool = new pg.Pool({ ...toSocketAddress(settings.dataFolder), host: holder.socketFolder, max: 1 });
  return toDatabase({ pool, kind: 'embedded', close: async () => {} });
}

async function openEmbedded({ dataFolder, migrations, workerFile, templateFolder, say }: DatabaseSettings) {
  const embedded = await openEmbeddedDatabase({ dataFolder, workerFile, templateFolder });
  const pool = new pg.Pool({
    ...embedded.address,
    max: embeddedConnections,
    connectionTimeoutMillis: connectTimeoutMs,
  });
  try {
    const applied = await migrate({
      pool,
      migrations,
      beforeFirst: async () => {
        const folder = join(dataFolder, 'backups');
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const file = join(folder, `before-migration-${new Date().toISOString().replaceAll(':', '-')}.tar.gz`);
        say?.(`Backing up the database to ${file}`);
        await embedded.backUp(file);
      },
    });
    if (applied.length > 0) say?.(`Migrated the database: ${applied.join(', ')}`);
  } catch (error) {
    await pool.end();
    await embedded.close();
    throw error;
  }
  return toDatabase({ pool, kind: 'embedded', close: embedded.close });
}

async function openServer({ migrations, say }: DatabaseSettings, databaseUrl: string) {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: serverConnections,
    connectionTimeoutMillis: connectTimeoutMs,
  });
  try {
    await checkServer(pool);
    const applied = await migrate({ pool, migrations });
    if (applied.length > 0) say?.(`Migrated the database: ${applied.join(', ')}`);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return toDatabase({ pool, kind: 'server', close: async () => {} });
}

async function checkServer(pool: pg.Pool) {
  const found = await pool
    .query<{ version: number; has_vector: boolean }>(
      `SELECT current_setting('server_version_num')::int AS version,
              EXISTS (SELECT FROM pg_available_extensions WHERE name = 'vector') AS has_vector`,
    )
    .catch((error: unknown) => {
      throw new Error(
        `The database at DATABASE_URL cannot be reached: ${error instanceof Error ? error.message : String(error)}`,
        { cause: error },
      );
    });
  const row = found.rows[0];
  if (row === undefined || row.version < 150_000) {
    throw new Error('The database at DATABASE_URL is too old: PostgreSQL 15 or newer is needed.');
  }
  if (!row.has_vector) {
    throw new Error(
      'The database at DATABASE_URL lacks pgvector. Install the extension on the server (package "pgvector"), or use the image pgvector/pgvector.',
    );
  }
}

function toDatabase({
  pool,
  kind,
  close,
}: {
  pool: pg.Pool;
  kind: Database['kind'];
  close: () => Promise<void>;
}): Database {
  // A connection that dies while idle is replaced at its next use; without a listener it would end the process.
  pool.on('error', () => {});
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    prisma,
    pool,
    kind,
    close: async () => {
      await prisma.$disconnect();
      if (!pool.ended) await pool.end();
      await close();
    },
  };
}
