import type { SqlParameter } from '#server/contract/sql.ts';
import { quoteText } from '#server/platform/sql/quote.ts';
import { hasNoValue, SqlFailure } from '#server/platform/sql/sql-failure.ts';

/** Comments and quoted names are left alone; in a quoted text a parameter is a part of the text. */
const pieces = /--[^\n]*|\/\*[^]*?\*\/|"(?:[^"]|"")*"|(?<text>'(?:[^']|'')*')|\{\{(?<braced>[^{}]+)\}\}/g;
const braced = /\{\{([^{}]+)\}\}/g;
const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

export type FilledSql = {
  sql: string;
  /** Where a line and a column of it stand in what the person wrote. */
  toWritten: (place: { line: number; column: number }) => { line: number; column: number };
};

/**
 * Writes values into SQL as literals, for an engine that binds none: whatever a value holds, it stays one value.
 *
 * @throws {SqlFailure} when `{{name}}` has no value, or one that is not of its type
 */
export function fillParameters(written: string, parameters: SqlParameter[]): FilledSql {
  const places = [{ at: 0, writtenAt: 0 }];
  let sql = '';
  let taken = 0;
  const find = (name: string, offset: number) => {
    const found = parameters.find((parameter) => parameter.name === name.trim());
    if (found === undefined) throw new SqlFailure('parameter', hasNoValue(name.trim()), { sql: written, offset });
    return found;
  };
  const toLiteral = ({ name, type, value }: SqlParameter, offset: number): string => {
    if (type === 'datetime') return `TIMESTAMP ${quoteText(value)}`;
    if (type !== 'number') return quoteText(value);
    const trimmed = value.trim();
    if (number.test(trimmed)) return trimmed;
    const words = { en: `The parameter "${name}" is not a number.`, zh: `参数“${name}”不是数字。` };
    throw new SqlFailure('parameter', words, { sql: written, offset });
  };
  for (const piece of written.matchAll(pieces)) {
    const { text, braced: name } = piece.groups ?? {};
    const filled =
      name === undefined
        ? text?.replace(braced, (_all, inText: string) => find(inText, piece.index).value.replaceAll("'", "''"))
        : toLiteral(find(name, piece.index), piece.index);
    if (filled === undefined || filled === piece[0]) continue;
    sql += written.slice(taken, piece.index) + filled;
    taken = piece.index + piece[0].length;
    places.push({ at: sql.length - filled.length, writtenAt: piece.index }, { at: sql.length, writtenAt: taken });
  }
  sql += written.slice(taken);
  return {
    sql,
    toWritten: ({ line, column }) => {
      const before = sql.split('\n').slice(0, line - 1);
      const offset = before.reduce((sum, { length }) => sum + length + 1, 0) + column - 1;
      const last = places.findLast(({ at }) => at <= offset) ?? { at: 0, writtenAt: 0 };
      const lines = written.slice(0, last.writtenAt + offset - last.at).split('\n');
      return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
    },
  };
}
