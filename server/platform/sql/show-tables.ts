import { quoteName, quoteText } from './quote.ts';
import type { TableFile } from './sql-tasks.ts';

/** What a locked engine needs so that SQL finds tables by their names. */
export function showTables(tables: TableFile[]) {
  return {
    attached: tables.flatMap(({ format, paths: [path] }, index) =>
      format === 'duckdb' && path !== undefined ? [{ path, as: toAlias(index), mode: 'read' as const }] : [],
    ),
    paths: tables.flatMap(({ format, paths }) => (format === 'parquet' ? paths : [])),
    prepare: tables.flatMap(toView),
  };
}

const toAlias = (index: number) => `file ${index}`;

function toView({ schema, name, format, paths }: TableFile, index: number): string[] {
  const source =
    format === 'duckdb' ? `${quoteName(toAlias(index))}.data` : `read_parquet([${paths.map(quoteText).join(', ')}])`;
  const view = schema === null ? quoteName(name) : `${quoteName(schema)}.${quoteName(name)}`;
  return [
    ...(schema === null ? [] : [`CREATE SCHEMA IF NOT EXISTS ${quoteName(schema)}`]),
    `CREATE VIEW ${view} AS SELECT * FROM ${source}`,
  ];
}
