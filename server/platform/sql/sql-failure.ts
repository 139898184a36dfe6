import type { LocalizedText } from '#server/contract/localized-text.ts';
import type { SqlFault } from '#server/contract/sql.ts';

type Place = { sql: string; offset: number };

/** A query failed for a reason that its writer should read. */
export class SqlFailure extends Error {
  readonly fault: SqlFault;

  /** One that was thrown in another process. */
  static of({ kind, message, words, line, column }: SqlFault): SqlFailure {
    const failure = new SqlFailure(kind, words ?? message);
    failure.fault.line = line;
    failure.fault.column = column;
    return failure;
  }

  /** @param said - the engine's own words, in English alone, or the hub's */
  constructor(kind: SqlFault['kind'], said: string | LocalizedText, place?: Place) {
    const told = typeof said === 'string' ? { message: said } : { message: said.en, words: said };
    super(told.message);
    this.fault = { kind, ...told, ...(place === undefined ? { line: null, column: null } : toLineAndColumn(place)) };
  }
}

function toLineAndColumn({ sql, offset }: Place) {
  const lines = sql.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

/** What is said of a name in the SQL for which there is no value. */
export const hasNoValue = (name: string): LocalizedText => ({
  en: `The parameter "${name}" has no value.`,
  zh: `参数“${name}”没有值。`,
});
