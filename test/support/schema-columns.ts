import type { Pool } from 'pg';

export type Columns = Record<string, string[]>;

const types: Record<string, string> = {
  String: 'text',
  Int: 'integer',
  Float: 'double precision',
  BigInt: 'bigint',
  Boolean: 'boolean',
  Json: 'jsonb',
  'DateTime @db.Timestamptz(3)': 'timestamp(3) with time zone',
  'Decimal @db.Decimal(18, 9)': 'numeric(18,9)',
};

/** The columns of a database by table, as `name type`, with `?` where null is allowed. */
export async function readDatabaseColumns(pool: Pool): Promise<Columns> {
  const { rows } = await pool.query<{ table: string; column: string }>(
    `SELECT c.relname::text AS table,
            a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN '' ELSE '?' END AS column
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
        AND c.relname <> '_prisma_migrations'`,
  );
  const columns: Columns = {};
  for (const { table, column } of rows) (columns[table] ??= []).push(column);
  return sort(columns);
}

/** The columns that the Prisma schema names, in the same form. */
export function readSchemaColumns(schema: string): Columns {
  const columns: Columns = {};
  const models = [...schema.matchAll(/^model (\w+) \{\n(.*?)^\}/gms)].map(([, name = '', body = '']) => ({
    name,
    body,
  }));
  const names = new Set(models.map(({ name }) => name));
  for (const { body } of models) {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? '';
    const fields = [...body.matchAll(/^ {2}(\w+)\s+(\w+)(\[\])?(\?)?(.*)$/gm)];
    columns[table] = fields.flatMap(([, field = '', type = '', list = '', optional = '', rest = '']) => {
      if (names.has(type)) return [];
      const column = /@map\("(\w+)"\)/.exec(rest)?.[1] ?? field;
      const native = /@db\.\w+(?:\([^)]*\))?/.exec(rest)?.[0];
      const found = types[native === undefined ? type : `${type} ${native}`] ?? `unknown ${type} ${native ?? ''}`;
      return [`${column} ${found}${list}${optional === '?' || list === '[]' ? '?' : ''}`];
    });
  }
  return sort(columns);
}

function sort(columns: Columns): Columns {
  return Object.fromEntries(
    Object.entries(columns)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([table, names]) => [table, names.sort()]),
  );
}
