import type { SqlFault } from '#server/contract/sql.ts';

type Place = { sql: string; offset: number };

/** A query failed for a reason that its writer should read. */
export class SqlFailure extends Error {
  readonly fault: SqlFault;

  /** One that was thrown in another process. */
  static of({ kind, message, line, column }: SqlFault): SqlFailure {
    const failure = new SqlFailure(kind, message);
    failure.fault.line = line;
    failure.fault.column = column;
    return failure;
  }

  constructor(kind: SqlFault['kind'], message: string, place?: Place) {
    super(message);
    this.fault = { kind, message, ...(place === undefined ? { line: null, column: null } : toLineAndColumn(place)) };
  }
}

function toLineAndColumn({ sql, offset }: Place) {
  const lines = sql.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
