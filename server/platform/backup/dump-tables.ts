import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Pool, PoolClient } from 'pg';
import { type BackupManifest, tableFile } from './backup-manifest.ts';

const rowsAtOnce = 200;

/**
 * Writes every table of the hub as lines of JSON, all as they were at one moment.
 *
 * Works alike on every Postgres. An embedded database serves one transaction at a time, so that a running hub waits
 * until this is done; nothing slow, such as compressing, happens meanwhile.
 */
export async function dumpTables({
  pool,
  folder,
}: {
  pool: Pool;
  folder: string;
}): Promise<Pick<BackupManifest, 'tables' | 'migrations'>> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const migrations = await client.query<BackupManifest['migrations'][number]>(
      `SELECT migration_name AS name, checksum FROM _prisma_migrations
        WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
    );
    const tables = [];
    for (const name of await listTables(client)) {
      tables.push({ name, rows: await dumpTable(client, name, join(folder, tableFile(name))) });
    }
    await client.query('COMMIT');
    client.release();
    return { tables, migrations: migrations.rows };
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** The hub's tables; one comes after those that it refers to. */
export async function listTables(client: Pick<PoolClient, 'query'>): Promise<string[]> {
  const found = await client.query<{ name: string; needs: string[] }>(
    `SELECT c.relname::text AS name,
            ARRAY(SELECT DISTINCT f.relname::text FROM pg_constraint k JOIN pg_class f ON f.oid = k.confrelid
                   WHERE k.conrelid = c.oid AND k.contype = 'f' AND f.oid <> c.oid) AS needs
       FROM pg_class c
      WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'
      ORDER BY 1`,
  );
  const sorted = new Set<string>();
  const waiting = [...found.rows];
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ needs }) => needs.every((need) => sorted.has(need)));
    if (next === -1) throw new Error(`Tables refer to each other in a circle: ${waiting[0]?.name ?? ''}.`);
    for (const { name } of waiting.splice(next, 1)) sorted.add(name);
  }
  return [...sorted];
}

async function dumpTable(client: PoolClient, name: string, file: string): Promise<number> {
  let rows = 0;
  async function* readLines() {
    await client.query(`DECLARE backup NO SCROLL CURSOR FOR SELECT row_to_json(t)::text AS line FROM "${name}" AS t`);
    for (;;) {
      const batch = await client.query<{ line: string }>(`FETCH ${rowsAtOnce} FROM backup`);
      if (batch.rows.length === 0) break;
      rows += batch.rows.length;
      yield batch.rows.map(({ line }) => `${line}\n`).join('');
    }
    await client.query('CLOSE backup');
  }
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await pipeline(Readable.from(readLines()), createWriteStream(file, { flags: 'wx', mode: 0o600 }));
  return rows;
}
