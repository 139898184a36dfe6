import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Database } from '#server/platform/database.ts';
import { type Migration, readMigrations } from '#server/platform/migrate.ts';
import { openDatabase } from '#server/platform/open-database.ts';
import type { DatabaseLimits } from '#server/platform/open-pool.ts';

const root = join(import.meta.dirname, '../..');
export const migrations: Migration[] = readMigrations(join(root, 'prisma/migrations'));

export type ServerDatabase = {
  url: string;
  /** For secrets and files. */
  dataFolder: string;
  /** Another connection to the same database, as another hub has it; through a proxy when its port is given. */
  open: (options?: { port?: number; limits?: DatabaseLimits; migrations?: Migration[] }) => Promise<Database>;
  close: () => Promise<void>;
};

/** A new, empty database on the PostgreSQL server that `DATABASE_URL` names; dropped at the end. */
export async function createServerDatabase(): Promise<ServerDatabase> {
  const server = process.env['DATABASE_URL'];
  if (server === undefined) throw new Error('These tests need a PostgreSQL server: set DATABASE_URL.');
  const name = `atrium_test_${randomBytes(6).toString('hex')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  const dataFolder = mkdtempSync(join(tmpdir(), 'atrium-server-'));
  const opened: Database[] = [];
  await administer(server, `CREATE DATABASE "${name}"`);
  return {
    url: url.href,
    dataFolder,
    open: async ({ port, limits, migrations: wanted = migrations } = {}) => {
      const proxied = new URL(url);
      if (port !== undefined) proxied.host = `127.0.0.1:${port}`;
      const database = await openDatabase({
        databaseUrl: proxied.href,
        dataFolder,
        migrations: wanted,
        workerFile: new URL('file:///not-used'),
        limits,
      });
      opened.push(database);
      return database;
    },
    close: async () => {
      await Promise.all(opened.map((database) => database.close()));
      await administer(server, `DROP DATABASE "${name}" WITH (FORCE)`);
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

async function administer(url: string, statement: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
