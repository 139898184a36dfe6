import type { JsonValue } from '#server/contract/json.ts';

/** A kind of thing that a request can hold. */
export type FoundKind =
  | 'address'
  | 'hash'
  | 'ens-name'
  | 'url'
  | 'email'
  | 'expression'
  | 'number'
  | 'date'
  | 'span'
  | 'duration'
  | 'time-zone'
  | 'chain'
  | 'token'
  | 'block'
  | 'from-block'
  | 'to-block'
  | 'top'
  | 'token-id'
  | 'event'
  | 'function'
  | 'json'
  | 'table'
  | 'code'
  | 'document'
  | 'quoted'
  | 'table-name'
  | 'column-name'
  | 'chart-kind';

/** Something recognised in a text, `start` to `end` of it; `value` is what an argument would hold. */
export type Found = {
  kind: FoundKind;
  text: string;
  value: JsonValue;
  start: number;
  end: number;
  /** True when the text around may have meant something else; then only a matching wish makes it count. */
  weak?: boolean;
  /** What is wrong with it; it is then never used as an argument. */
  fault?: 'checksum';
  /** What a block of code says that it is written in. */
  language?: string;
  /** The name of the file that it came as. */
  name?: string;
  /** The words next to it, which may name what it is for. */
  before?: string;
  after?: string;
};

export type Cell = string | number | null;
export type Row = Record<string, Cell>;

/** A table as the `value` of a found one. */
export type Table = { columns: string[]; rows: Row[] };

export type FindMore = (text: string) => Found[];

const hidden = '\uFFFC';

/** The text with the found things blanked out, offsets unchanged. */
export function hide(text: string, found: Found[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of [...found].sort((one, other) => one.start - other.start)) {
    if (end <= at) continue;
    pieces.push(text.slice(at, Math.max(at, start)), hidden.repeat(end - Math.max(at, start)));
    at = end;
  }
  return pieces.join('') + text.slice(at);
}

/** The text without what `hide` blanked out. */
export function dropHidden(text: string): string {
  return text.replaceAll(/\uFFFC+/g, ' ');
}

/** All matches of a pattern as found things; `toValue` may refuse one with null. */
export function findAll(
  text: string,
  pattern: RegExp,
  kind: FoundKind,
  toValue: (match: RegExpExecArray) => JsonValue = ([whole]) => whole,
): Found[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const value = toValue(match);
    return value === null
      ? []
      : [{ kind, text: match[0], value, start: match.index, end: match.index + match[0].length }];
  });
}
