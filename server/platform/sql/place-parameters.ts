import type { SqlParameter } from '#server/contract/sql.ts';
import { hasNoValue, SqlFailure } from './sql-failure.ts';

export type PlacedSql = {
  /** With `$p1`, `$p2` … where parameters stood. */
  sql: string;
  /** What each of them is bound to. */
  bound: Map<string, SqlParameter>;
  /** Where a character of it stood in what the person wrote. */
  toWritten: (offset: number) => number;
};

/** What SQL has that is no place for a parameter, and the two ways in which one is written. */
const pieces =
  /--[^\n]*|\/\*[^]*?\*\/|[eE]'(?:[^'\\]|\\[^]|'')*'|(?<text>'(?:[^']|'')*')|"(?:[^"]|"")*"|\$(?<tag>\w*)\$[^]*?\$\k<tag>\$|::|\{\{(?<braced>[^{}]+)\}\}|:(?<named>[\p{L}_][\p{L}\p{N}_]*)/gu;
/** An address of a chain, whatever the case of its letters, which is its checksum. */
const anAddress = /^0x[0-9a-f]{40}$/i;
/** How addresses in a query find those of tables: `lower`, where all tables keep them so; `either`, in any case of both. */
export type AddressMatch = 'lower' | 'either';
const braced = /\{\{([^{}]+)\}\}/g;
const wholeText = /^'\{\{[^{}]+\}\}'$/;
/** `timestamp '2026-01-01'` wants a text and no expression behind it. */
const typeBefore = /\b(timestamp|date|interval)\s*$/i;

/**
 * Puts bound parameters where `{{name}}` and `:name` stand. In a quoted text `{{name}}` becomes a part of the text, as
 * Dune has it; `:name` is a parameter only where one of that name is given, for a colon has other meanings.
 *
 * @throws {SqlFailure} when `{{name}}` is not given
 */
export function placeParameters(
  written: string,
  parameters: SqlParameter[],
  { addresses }: { addresses: AddressMatch } = { addresses: 'either' },
): PlacedSql {
  const bound = new Map<string, SqlParameter>();
  const places: { at: number; writtenAt: number }[] = [];
  let sql = '';
  let taken = 0;

  const bind = (name: string, offset: number, isWhole = true): string => {
    const parameter = parameters.find((candidate) => candidate.name === name.trim());
    if (parameter === undefined) {
      throw new SqlFailure('parameter', hasNoValue(name.trim()), { sql: written, offset });
    }
    const key = `p${bound.size + 1}`;
    const isAddress = parameter.type === 'text' && anAddress.test(parameter.value);
    bound.set(
      key,
      isAddress && addresses === 'lower' ? { ...parameter, value: parameter.value.toLowerCase() } : parameter,
    );
    if (isAddress && isWhole && addresses === 'either') return `(CAST($${key} AS VARCHAR) COLLATE NOCASE)`;
    return parameter.type === 'datetime' ? `CAST($${key} AS TIMESTAMP)` : `$${key}`;
  };
  const put = (text: string, from: number, to: number) => {
    sql += written.slice(taken, from);
    const type = text.startsWith('$') || text.startsWith('CAST(') ? typeBefore.exec(sql) : null;
    if (type !== null) {
      sql = sql.slice(0, type.index);
      text = `CAST(${text} AS ${type[1]})`;
    }
    places.push({ at: sql.length, writtenAt: from });
    sql += text;
    places.push({ at: sql.length, writtenAt: to });
    taken = to;
  };

  for (const piece of written.matchAll(pieces)) {
    const { text, braced: inBraces, named } = piece.groups ?? {};
    const end = piece.index + piece[0].length;
    if (inBraces !== undefined) put(bind(inBraces, piece.index), piece.index, end);
    else if (named !== undefined && parameters.some(({ name }) => name === named))
      put(bind(named, piece.index), piece.index, end);
    else if (text !== undefined && wholeText.test(text)) put(bind(text.slice(3, -3), piece.index), piece.index, end);
    else if (text !== undefined && anAddress.test(text.slice(1, -1)))
      put(addresses === 'lower' ? text.toLowerCase() : `(${text} COLLATE NOCASE)`, piece.index, end);
    else if (text?.includes('{{') === true) {
      const joined = text.replace(
        braced,
        (_all, name: string) => `' || ${bind(name, piece.index, false)}::VARCHAR || '`,
      );
      if (joined !== text) put(`(${joined})`, piece.index, end);
    }
  }
  sql += written.slice(taken);

  const toWritten = (offset: number) => {
    const last = places.findLast(({ at }) => at <= offset);
    return Math.min(last === undefined ? offset : last.writtenAt + offset - last.at, written.length);
  };
  return { sql, bound, toWritten };
}
