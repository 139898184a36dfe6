import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Pool, PoolClient } from 'pg';
import { type BackupManifest, tableFile } from './backup-manifest.ts';
import { listTables } from './dump-tables.ts';

const rowsAtOnce = 200;
const bytesAtOnce = 4 * 1024 * 1024;

/**
 * Fills the empty tables of a database from a backup, all or nothing. The database has the schema that the backup has.
 *
 * @throws {Error} when the database is in use already, or the backup does not hold what its manifest says
 */
export async function loadTables({
  pool,
  folder,
  tables,
}: { pool: Pool; folder: string } & Pick<BackupManifest, 'tables'>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    for (const table of await listTables(client)) await refuseRows(client, table);
    for (const { name, rows } of tables) {
      const loaded = await loadTable(client, name, join(folder, tableFile(name)));
      if (loaded !== rows) {
        throw new Error(`The backup is damaged: it has ${loaded} rows of ${name}, and names ${rows}.`);
      }
    }
    await client.query('COMMIT');
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

async function refuseRows(client: PoolClient, table: string) {
  const found = await client.query(`SELECT FROM "${table}" LIMIT 1`);
  if ((found.rowCount ?? 0) > 0) {
    throw new Error(
      'The database at DATABASE_URL holds data already. Make an empty one, name it there, and restore into that.',
    );
  }
}

async function loadTable(client: PoolClient, name: string, file: string): Promise<number> {
  const columns = await client.query<{ name: string }>(
    `SELECT quote_ident(column_name) AS name FROM information_schema.columns
      WHERE table_schema = current_schema() AND table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position`,
    [name],
  );
  const list = columns.rows.map((column) => column.name).join(', ');
  const statement = `INSERT INTO "${name}" (${list}) SELECT ${list} FROM json_populate_recordset(NULL::"${name}", $1::json)`;
  let [lines, bytes, rows]: [string[], number, number] = [[], 0, 0];
  const store = async () => {
    if (lines.length > 0) await client.query(statement, [`[${lines.join(',')}]`]);
    rows += lines.length;
    [lines, bytes] = [[], 0];
  };
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    lines.push(line);
    bytes += line.length;
    if (lines.length >= rowsAtOnce || bytes >= bytesAtOnce) await store();
  }
  await store();
  return rows;
}
