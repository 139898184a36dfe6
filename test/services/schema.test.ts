import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '#server/platform/database.ts';
import { migrate } from '#server/platform/migrate.ts';
import { readDatabaseColumns, readSchemaColumns } from '#test/support/schema-columns.ts';
import { createServerDatabase, migrations, type ServerDatabase } from '#test/support/server-database.ts';

let server: ServerDatabase;
let database: Database;

beforeAll(async () => {
  server = await createServerDatabase();
  // Several hubs that start at the same time: one migrates, the others wait for it.
  [database] = await Promise.all([server.open(), server.open(), server.open()]);
});
afterAll(() => server.close());

describe('a real PostgreSQL', () => {
  test('is migrated once by hubs that start together, and recorded as Prisma does', async () => {
    const { rows } = await database.pool.query(
      'SELECT migration_name AS name, checksum, applied_steps_count AS steps, finished_at IS NOT NULL AS finished FROM _prisma_migrations',
    );
    expect(rows).toEqual(migrations.map(({ name, checksum }) => ({ name, checksum, steps: 1, finished: true })));
    expect(await migrate({ pool: database.pool, migrations })).toEqual([]);
  });

  test('has the columns that the schema names, with their types', async () => {
    const folder = join(import.meta.dirname, '../../prisma/schema');
    const text = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(await readDatabaseColumns(database.pool)).toEqual(readSchemaColumns(text.join('\n')));
  });

  test('has the extension for vectors', async () => {
    const { rows } = await database.pool.query<{ distance: number }>(`SELECT '[1,2]'::vector <-> '[4,6]' AS distance`);
    expect(rows).toEqual([{ distance: 5 }]);
  });

  test('refuses a migration that was changed after it was applied', async () => {
    const changed = migrations.map((migration) => ({ ...migration, checksum: 'other' }));
    await expect(migrate({ pool: database.pool, migrations: changed })).rejects.toThrow('was changed after');
  });
});
