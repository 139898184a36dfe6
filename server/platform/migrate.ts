import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool, PoolClient } from 'pg';

export type Migration = { name: string; sql: string; checksum: string };

/** Arbitrary, but the same in every hub on a database: only one of them migrates at a time. */
const advisoryLock = 7_241_889;

/** Reads the migrations of a folder, oldest first, as Prisma lays them out (`<time>_<name>/migration.sql`). */
export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

/**
 * Applies the migrations that a database does not have yet, each in a transaction, and records them as `prisma migrate`
 * does (`_prisma_migrations`), so that both agree.
 *
 * @param beforeFirst - runs once before anything changes a database that already has some; a backup, for instance
 * @returns the names of those applied, oldest first
 * @throws {Error} when an applied migration was changed, is unknown here, or fails
 */
export async function migrate({
  pool,
  migrations,
  beforeFirst,
}: {
  pool: Pool;
  migrations: Migration[];
  beforeFirst?: () => Promise<void>;
}): Promise<string[]> {
  const client = await pool.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [advisoryLock]);
    const applied = await readApplied(client);
    const pending = findPending(applied, migrations);
    if (pending.length > 0) {
      if (applied.size > 0) await beforeFirst?.();
      await client.query(createMigrationTable);
      for (const migration of pending) await apply(client, migration);
    }
    await client.query('SELECT pg_advisory_unlock($1)', [advisoryLock]);
    client.release();
    return pending.map((migration) => migration.name);
  } catch (error) {
    // With its connection, a server lets go of the lock; on an embedded database the lock is this process's own.
    client.release(true);
    throw error;
  }
}

/**
 * Reads which migrations a database still lacks; changes nothing.
 *
 * @throws {Error} when an applied migration was changed, is unknown here, or did not finish
 */
export async function listPendingMigrations({ pool, migrations }: { pool: Pool; migrations: Migration[] }) {
  const client = await pool.connect();
  try {
    return findPending(await readApplied(client), migrations).map(({ name }) => name);
  } finally {
    client.release();
  }
}

async function readApplied(client: PoolClient): Promise<Map<string, string>> {
  const exists = await client.query<{ found: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found`,
  );
  if (exists.rows[0]?.found !== true) return new Map();
  const rows = await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
    `SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL`,
  );
  const unfinished = rows.rows.find((row) => row.finished_at === null);
  if (unfinished !== undefined) {
    throw new Error(
      `Migration ${unfinished.migration_name} did not finish. Restore the backup that was made before it.`,
    );
  }
  return new Map(rows.rows.map((row) => [row.migration_name, row.checksum]));
}

function findPending(applied: Map<string, string>, migrations: Migration[]): Migration[] {
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = [...applied.keys()].find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new Error(`The database has migration ${unknown}, which this hub does not know. Start a newer hub on it.`);
  }
  const changed = migrations.find(
    (migration) => applied.has(migration.name) && applied.get(migration.name) !== migration.checksum,
  );
  if (changed !== undefined) throw new Error(`Migration ${changed.name} was changed after it was applied.`);
  return migrations.filter((migration) => !applied.has(migration.name));
}

async function apply(client: PoolClient, { name, sql, checksum }: Migration) {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw new Error(`Migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

const createMigrationTable = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;
