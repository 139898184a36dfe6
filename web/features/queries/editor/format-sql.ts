import { duckdb, formatDialect, trino } from 'sql-formatter';
import type { SqlEngineName } from '#server/contract/sql-engine.ts';

const dialects = { duckdb, dune: trino };
const parameter = String.raw`\{\{[^{}]+\}\}`;

export type FormattedSql = { sql: string } | { line: number; column: number } | null;

/**
 * SQL laid out a clause a line. No word of it changes, nor its case, for a column without a name of its own is called what
 * was written. Where it cannot be read, the place (both from 1); null where that is not known.
 */
export function formatSql(sql: string, engine: SqlEngineName): FormattedSql {
  try {
    const formatted = formatDialect(sql, {
      dialect: dialects[engine],
      keywordCase: 'preserve',
      tabWidth: 2,
      paramTypes: { custom: [{ regex: parameter }] },
    });
    return withoutSpace(formatted) === withoutSpace(sql) ? { sql: formatted } : null;
  } catch (error) {
    const [, line, column] = /at line (\d+) column (\d+)/.exec(String(error)) ?? [];
    return line === undefined || column === undefined ? null : { line: Number(line), column: Number(column) };
  }
}

const withoutSpace = (sql: string) => sql.replaceAll(/\s+/g, '');
