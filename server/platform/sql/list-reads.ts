import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import type { TableFile } from './sql-tasks.ts';

/** A table as the engine's own parser found it in a statement. */
const NamedTable = z.looseObject({ type: z.literal('BASE_TABLE'), schema_name: z.string(), table_name: z.string() });

/**
 * Which tables a statement names; none where it is no query. It is only parsed: to plan it here would be to begin it.
 */
export async function listReads(connection: DuckDBConnection, sql: string, tables: TableFile[]): Promise<string[]> {
  const parsed = await connection.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)', [sql]);
  const named = new Set(findNames(JSON.parse(String(parsed.getRows()[0]?.[0]))));
  return tables
    .map(({ schema, name }) => (schema === null ? name : `${schema}.${name}`))
    .filter((name) => named.has(name.toLowerCase()));
}

function findNames(node: unknown): string[] {
  if (node === null || typeof node !== 'object') return [];
  const found = NamedTable.safeParse(node).data;
  if (found === undefined) return Object.values(node).flatMap(findNames);
  const { schema_name: schema, table_name: name } = found;
  return [(schema === '' || schema === 'main' ? name : `${schema}.${name}`).toLowerCase()];
}
