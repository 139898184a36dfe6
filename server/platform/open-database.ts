import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { PrismaClient } from '#server/platform/generated/prisma/client.ts';
import type { Database } from './database.ts';
import { findLockHolder } from './embedded/data-folder-lock.ts';
import { type EmbeddedDatabase, openEmbeddedDatabase, toSocketAddress } from './embedded/open-embedded-database.ts';
import { findDatabaseFault } from './database-faults.ts';
import { listPendingMigrations, type Migration, migrate } from './migrate.ts';
import {
  type DatabaseLimits,
  maintenanceLimits,
  openEmbeddedPool,
  openServerPool,
  servingLimits,
} from './open-pool.ts';

/** Where a hub keeps its data. Without `databaseUrl` the database is embedded, in `dataFolder`. */
export type DatabaseSettings = {
  databaseUrl?: string | undefined;
  dataFolder: string;
  migrations: Migration[];
  workerFile: URL;
  templateFolder?: string | undefined;
  /** Those of a hub that serves, unless told. */
  limits?: DatabaseLimits | undefined;
  /** Says what it does, a line a time. */
  say?: ((line: string) => void) | undefined;
};

const embeddedConnections = 6;
const serverConnections = 12;
const upkeep = { max: 1, limits: maintenanceLimits };
// On an embedded database transactions wait for each other; the defaults of 2 and 5 s would fail some under load.
const transactionOptions = { maxWait: 20_000, timeout: 20_000 };
const joinTimeoutMs = 15_000;
const joinPauseMs = 100;

/** A database that is being opened; it must not be used before `ready`, which rejects when it cannot be opened. */
export type StartedDatabase = { database: Database; ready: Promise<void> };

/**
 * Opens the hub's database, migrated to the newest schema.
 *
 * @throws {Error} with what to do, when it is in use, cannot be reached, is too old, or lacks pgvector
 */
export async function openDatabase(settings: DatabaseSettings): Promise<Database> {
  const { database, ready } = startDatabase(settings);
  await ready;
  return database;
}

/**
 * Begins to open the database, so that what needs it can be built meanwhile.
 *
 * @param embedded - the embedded database, when it is being opened already
 */
export function startDatabase(settings: DatabaseSettings, embedded?: Promise<EmbeddedDatabase>): StartedDatabase {
  const { databaseUrl, dataFolder, workerFile, templateFolder } = settings;
  if (databaseUrl !== undefined) return startServer(settings, databaseUrl);
  return startEmbedded(settings, embedded ?? openEmbeddedDatabase({ dataFolder, workerFile, templateFolder }));
}

/**
 * Connects to the data of a hub that may be running: through its socket when it is, else by opening the database.
 * For the command line, which works beside a running hub.
 *
 * @throws {Error} also when the process that holds the data folder does not let others in
 */
export async function connectDatabase(settings: DatabaseSettings): Promise<Database> {
  if (settings.databaseUrl !== undefined) return openDatabase({ ...settings, limits: maintenanceLimits });
  for (let waited = 0; ; waited += joinPauseMs) {
    const holder = findLockHolder(settings.dataFolder);
    if (holder === null) return openDatabase({ ...settings, limits: maintenanceLimits });
    const address = { ...toSocketAddress(settings.dataFolder), host: holder.socketFolder };
    const pool = openEmbeddedPool(address, { max: 2, limits: maintenanceLimits });
    try {
      const pending = await listPendingMigrations({ pool, migrations: settings.migrations });
      if (pending.length === 0) return toDatabase({ pool, kind: 'embedded', close: async () => {} });
    } catch (error) {
      if (!isNotListening(error)) {
        await pool.end();
        throw error;
      }
    }
    await pool.end();
    if (waited >= joinTimeoutMs) {
      throw new Error(
        `Process ${holder.pid} holds the data folder ${settings.dataFolder}, and its database does not answer. ` +
          'Wait until it has started, or stop it, and try again.',
      );
    }
    await wait(joinPauseMs);
  }
}

/** Opens a database as it stands, to look at it: nothing is made or migrated. Null when there is none yet. */
export async function openUnchanged({
  databaseUrl,
  dataFolder,
  workerFile,
}: Pick<DatabaseSettings, 'databaseUrl' | 'dataFolder' | 'workerFile'>): Promise<Database | null> {
  const connections = { max: 2, limits: servingLimits };
  if (databaseUrl !== undefined) {
    const pool = openServerPool(databaseUrl, connections);
    return toDatabase({ pool, kind: 'server', close: async () => {} });
  }
  const holder = findLockHolder(dataFolder);
  if (holder === null && !existsSync(join(dataFolder, 'database'))) return null;
  const embedded = holder === null ? await openEmbeddedDatabase({ dataFolder, workerFile }) : null;
  const host = holder?.socketFolder ?? toSocketAddress(dataFolder).host;
  const pool = openEmbeddedPool({ ...toSocketAddress(dataFolder), host }, connections);
  return toDatabase({ pool, kind: 'embedded', close: async () => embedded?.close() });
}

/** A hub that is just starting or stopping does not listen yet or any more. */
function isNotListening(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'ECONNRESET';
}

function startEmbedded(
  { dataFolder, migrations, limits = servingLimits, say }: DatabaseSettings,
  opening: Promise<EmbeddedDatabase>,
) {
  const address = toSocketAddress(dataFolder);
  const pool = openEmbeddedPool(address, { max: embeddedConnections, limits });
  const prepare = async () => {
    const embedded = await opening;
    const beforeFirst = async () => {
      const folder = join(dataFolder, 'backups');
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const file = join(folder, `before-migration-${new Date().toISOString().replaceAll(':', '-')}.tar.gz`);
      say?.(`Backing up the database to ${file}`);
      await embedded.backUp(file);
    };
    await migrateAll(openEmbeddedPool(address, upkeep), { migrations, say, beforeFirst });
  };
  const database = toDatabase({ pool, kind: 'embedded', close: async () => (await opening).close() });
  return { database, ready: closeOnFailure(prepare(), database) };
}

function startServer({ migrations, limits = servingLimits, say }: DatabaseSettings, databaseUrl: string) {
  const pool = openServerPool(databaseUrl, { max: serverConnections, limits });
  const prepare = async () => {
    await checkServer(pool);
    await migrateAll(openServerPool(databaseUrl, upkeep), { migrations, say });
  };
  const database = toDatabase({ pool, kind: 'server', close: async () => {} });
  return { database, ready: closeOnFailure(prepare(), database) };
}

/** On connections of its own, which know no time limits; they are ended. */
async function migrateAll(
  pool: pg.Pool,
  { say, ...rest }: Omit<Parameters<typeof migrate>[0], 'pool'> & Pick<DatabaseSettings, 'say'>,
) {
  try {
    const applied = await migrate({ pool, ...rest });
    if (applied.length > 0) say?.(`Migrated the database: ${applied.join(', ')}`);
  } finally {
    await pool.end();
  }
}

async function closeOnFailure(prepared: Promise<void>, database: Database): Promise<void> {
  try {
    await prepared;
  } catch (error) {
    await database.close().catch(() => {});
    throw error;
  }
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
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool), transactionOptions });
  return {
    prisma,
    pool,
    kind,
    findFault: findDatabaseFault,
    close: async () => {
      await prisma.$disconnect();
      if (!pool.ended) await pool.end();
      await close();
    },
  };
}
