import { z } from 'zod';
import { SqlEngineName } from '#server/contract/sql-engine.ts';
import { SqlParameter, SqlText } from '#server/contract/sql.ts';

const AskedSql = z.object({
  sql: SqlText,
  parameters: z.array(SqlParameter).max(50),
  engine: SqlEngineName.optional(),
});
/** SQL that is shown in the workbench, where a person may run it. */
export type AskedSql = z.infer<typeof AskedSql>;

/** What the fragment of an address asks to be shown. */
export function findAskedSql(fragment: string): AskedSql | null {
  const parts = new URLSearchParams(fragment.replace(/^#/, ''));
  try {
    const parameters: unknown = JSON.parse(parts.get('parameters') ?? '[]');
    return (
      AskedSql.safeParse({ sql: parts.get('sql') ?? '', parameters, engine: parts.get('engine') ?? undefined }).data ??
      null
    );
  } catch {
    return null;
  }
}
