import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#test/support/test-database.ts';
import { readExpectedTables, type TableShape } from './prisma-schema.ts';

const expected = readExpectedTables();
let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.close());

async function readLines(sql: string): Promise<Map<string, string[]>> {
  const { rows } = await test.database.pool.query<{ table_name: string; line: string }>(sql);
  const lines = new Map<string, string[]>();
  for (const { table_name, line } of rows) lines.set(table_name, [...(lines.get(table_name) ?? []), line].sort());
  return lines;
}

const ownTables = `JOIN pg_class t ON t.oid = TABLE_OID AND t.relkind = 'r' AND t.relname <> '_prisma_migrations'
  JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'`;

const columns = `
  SELECT t.relname AS table_name,
         format('%s %s %s default %s', a.attname, format_type(a.atttypid, a.atttypmod),
                CASE WHEN a.attnotnull THEN 'not null' ELSE 'null' END,
                coalesce(pg_get_expr(d.adbin, d.adrelid), 'none')) AS line
    FROM pg_attribute a
    ${ownTables.replace('TABLE_OID', 'a.attrelid')}
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
   WHERE a.attnum > 0 AND NOT a.attisdropped`;

const indexes = `
  SELECT t.relname AS table_name,
         format('%s (%s)', CASE WHEN i.indisprimary THEN 'primary' WHEN i.indisunique THEN 'unique' ELSE 'index' END,
                (SELECT string_agg(a.attname, ', ' ORDER BY k.place)
                   FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, place)
                   JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum)) AS line
    FROM pg_index i
    ${ownTables.replace('TABLE_OID', 'i.indrelid')}`;

const references = `
  SELECT t.relname AS table_name,
         format('%s -> %s on delete %s', a.attname, c.confrelid::regclass,
                CASE c.confdeltype WHEN 'c' THEN 'Cascade' WHEN 'n' THEN 'SetNull' WHEN 'r' THEN 'Restrict'
                                   WHEN 'd' THEN 'SetDefault' ELSE 'NoAction' END) AS line
    FROM pg_constraint c
    ${ownTables.replace('TABLE_OID', 'c.conrelid')}
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
   WHERE c.contype = 'f'`;

describe('the migrated database', () => {
  it('has the tables of the schema, and no others', async () => {
    expect([...(await readLines(columns)).keys()].sort()).toEqual([...expected.keys()].sort());
  });

  it.each([
    ['columns', columns],
    ['indexes', indexes],
    ['references', references],
  ] as const)('has the %s of the schema in every table', async (part, sql) => {
    const found = await readLines(sql);
    const wanted = [...expected].map(([table, shape]: [string, TableShape]) => [table, shape[part]]);
    expect(Object.fromEntries([...expected.keys()].map((table) => [table, found.get(table) ?? []]))).toEqual(
      Object.fromEntries(wanted),
    );
  });
});
