import { quoteName, quoteText } from './quote.ts';
import type { TableFile } from './sql-tasks.ts';

/** What a locked engine needs so that SQL finds tables by their names; several may lie in one file. */
export function showTables(tables: TableFile[]) {
  const files = [...new Set(tables.flatMap(({ format, paths }) => (format === 'duckdb' ? paths : [])))];
  return {
    attached: files.map((path, index) => ({ path, as: toAlias(index), mode: 'read' as const })),
    paths: tables.flatMap(({ format, paths }) => (format === 'parquet' ? paths : [])),
    prepare: tables.flatMap((table) => toView(table, (path) => toAlias(files.indexOf(path)))),
  };
}

const toAlias = (index: number) => `file ${index}`;

function toView(table: TableFile, aliasOf: (path: string) => string): string[] {
  const { schema, name, columns = [] } = table;
  const shape = table.paths.length === 0 ? undefined : table.shape;
  const view = schema === null ? quoteName(name) : `${quoteName(schema)}.${quoteName(name)}`;
  const rows = toRows(table, aliasOf);
  const names = columns.map((column) => quoteName(column.name)).join(', ');
  return [
    ...(schema === null ? [] : [`CREATE SCHEMA IF NOT EXISTS ${quoteName(schema)}`]),
    shape === undefined
      ? `CREATE VIEW ${view} AS ${rows}`
      : `CREATE VIEW ${view} (${names}) AS ${shape.replace('$rows', () => rows)}`,
  ];
}

function toRows({ format, paths, table = 'data', columns = [] }: TableFile, aliasOf: (path: string) => string): string {
  if (paths.length === 0) {
    const nothing = columns.map((column) => `CAST(NULL AS ${column.type}) AS ${quoteName(column.name)}`);
    return `SELECT ${nothing.join(', ')} WHERE false`;
  }
  if (format === 'parquet') return `SELECT * FROM read_parquet([${paths.map(quoteText).join(', ')}])`;
  return paths.map((path) => `SELECT * FROM ${quoteName(aliasOf(path))}.${quoteName(table)}`).join(' UNION ALL ');
}
