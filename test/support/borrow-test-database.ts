import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '#server/platform/database.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

/** Opening and closing Postgres costs a file more than most of its tests; a process opens as many as it has hubs at once. */
const idle: TestDatabase[] = [];

/** An empty, migrated database beside a fresh data folder; it is emptied and lent again once it is closed. */
export async function borrowTestDatabase(): Promise<TestDatabase> {
  const lent = idle.pop() ?? (await openForProcess());
  const dataFolder = mkdtempSync(join(tmpdir(), 'atrium-test-'));
  return {
    database: lent.database,
    dataFolder,
    close: async () => {
      rmSync(dataFolder, { recursive: true, force: true });
      await empty(lent.database);
      idle.push(lent);
    },
  };
}

async function openForProcess(): Promise<TestDatabase> {
  const opened = await createTestDatabase();
  process.once('exit', () => rmSync(opened.dataFolder, { recursive: true, force: true }));
  return opened;
}

/** Rows are deleted without asking what refers to them, and only where there are some: cheaper than cutting tables. */
async function empty({ pool }: Database) {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'
        OR schemaname = 'pgboss' AND tablename IN ('job', 'schedule', 'archive')`,
  );
  const filled = await pool.query<{ name: string }>(
    rows.map(({ name }) => `SELECT '${name}' AS name WHERE EXISTS (SELECT FROM ${name})`).join(' UNION ALL '),
  );
  await pool.query(
    [
      'SET session_replication_role = replica',
      ...filled.rows.map(({ name }) => `DELETE FROM ${name}`),
      'RESET session_replication_role',
      `SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) FROM pg_sequences
       WHERE schemaname = 'public' AND last_value IS NOT NULL`,
    ].join(';\n'),
  );
}
