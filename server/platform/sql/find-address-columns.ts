import type { DuckDBConnection } from '@duckdb/node-api';
import type { SqlColumn } from '#server/contract/sql.ts';
import { quoteName } from './quote.ts';

const addressLength = 42;

/** The columns of a table that may hold addresses: texts, by the engine's statistics not all shorter than one. No row is read. */
export async function findAddressColumns(
  connection: DuckDBConnection,
  table: string,
  columns: SqlColumn[],
): Promise<string[]> {
  const texts = columns.filter(({ type }) => type === 'VARCHAR').map(({ name }) => name);
  if (texts.length === 0) return [];
  const statistics = texts.map((name) => `stats(${quoteName(name)})`).join(', ');
  const result = await connection.runAndReadAll(`SELECT ${statistics} FROM ${table} LIMIT 1`);
  const [row = []] = result.getRows();
  return texts.filter((_name, index) => {
    const [, longest] = /Max String Length: (\d+)/.exec(String(row[index])) ?? [];
    return longest === undefined || Number(longest) >= addressLength;
  });
}
