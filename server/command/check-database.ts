import type { Database } from '#server/platform/database.ts';
import { listPendingMigrations, type Migration } from '#server/platform/migrate.ts';
import { type Finding, fine, note, wrong } from './finding.ts';

export type DatabaseFindings = { findings: Finding[]; isCurrent: boolean };

/** Version, extension and schema of a database; changes nothing. */
export async function checkDatabase(
  { pool, kind }: Pick<Database, 'pool' | 'kind'>,
  migrations: Migration[],
): Promise<DatabaseFindings> {
  const subject = 'Database';
  const { rows } = await pool.query<{ version: string; number: number; has_vector: boolean }>(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
            EXISTS (SELECT FROM pg_available_extensions WHERE name = 'vector') AS has_vector`,
  );
  const { version = '', number = 0, has_vector: hasVector = false } = rows[0] ?? {};
  const name = `PostgreSQL ${version}${kind === 'embedded' ? ' (embedded)' : ''}`;
  if (number < 150_000) {
    return { findings: [wrong(subject, `${name} is too old.`, 'Use PostgreSQL 15 or newer.')], isCurrent: false };
  }
  if (!hasVector) {
    const advice = 'Install the extension on the server (package "pgvector"), or use the image pgvector/pgvector.';
    return { findings: [wrong(subject, `${name} lacks pgvector.`, advice)], isCurrent: false };
  }
  const findings = [fine(subject, `${name} answers and has pgvector`)];
  try {
    const pending = await listPendingMigrations({ pool, migrations });
    findings.push(
      pending.length === 0
        ? fine('Schema', `all ${migrations.length} migrations applied`)
        : note('Schema', `lacks ${pending.join(', ')}; the next start applies that.`),
    );
    return { findings, isCurrent: pending.length === 0 };
  } catch (error) {
    const advice = 'Start the hub that this database belongs to, or restore a backup with "restore".';
    findings.push(wrong('Schema', error instanceof Error ? error.message : String(error), advice));
    return { findings, isCurrent: false };
  }
}
