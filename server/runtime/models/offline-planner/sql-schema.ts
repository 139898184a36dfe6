import { isObject } from '#server/contract/is-object.ts';
import type { JsonValue } from '#server/contract/json.ts';
import { readResult } from './read-result.ts';
import { parseJson } from './recognise.ts';

export type SqlKind = 'number' | 'time' | 'text' | 'other';
export type TableColumn = { name: string; type: string; kind: SqlKind; values: string[] };
export type SqlTable = {
  name: string;
  description: string;
  columns: TableColumn[];
  /** The table with the tokens of the same chain, where its amounts need one. */
  tokens: string | null;
  /** Whether that table tells well-known tokens from others of the same symbol. */
  tellsKnown: boolean;
};

const asList = (value: JsonValue | undefined): JsonValue[] => (Array.isArray(value) ? value : []);
const asText = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

/** What a column of DuckDB's type holds, as far as questions care. */
export function toSqlKind(type: string): SqlKind {
  if (/^(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|U\w+INT\w*|FLOAT|DOUBLE|REAL|DECIMAL)/.test(type)) return 'number';
  if (/^(?:DATE|TIMESTAMP)/.test(type)) return 'time';
  return type === 'VARCHAR' ? 'text' : 'other';
}

/** The tables that `list-tables` told of, with the values of short lists where it described one. */
export function readSchema(result: string): SqlTable[] {
  const json = parseJson(readResult(result).body);
  return asList(isObject(json ?? null) ? (json as Record<string, JsonValue>)['tables'] : undefined)
    .filter(isObject)
    .map((table) => {
      const details = asList(table['details']).filter(isObject);
      return {
        name: asText(table['name']),
        description: asText(table['description']),
        tokens: null,
        tellsKnown: false,
        columns: asList(table['columns']).flatMap((column): TableColumn[] => {
          const [name, type] = asList(column).map(asText);
          if (name === undefined || type === undefined) return [];
          const detail = details.find((one) => one['name'] === name);
          return [{ name, type, kind: toSqlKind(type), values: asList(detail?.['values']).map(asText) }];
        }),
      };
    });
}

const plainName = /^[a-z_][a-z\d_]*$/;
const reserved = new Set(
  'all and any as asc both case cast check collate column constraint create cross default desc distinct do else end except false fetch for foreign from full grant group having in inner intersect into is join lateral leading left like limit natural not null offset on only or order outer primary references right select some table then to trailing true union unique user using when where window with index'.split(
    ' ',
  ),
);

/** A name as SQL writes it. */
export function quoteName(name: string): string {
  return plainName.test(name) && !reserved.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** `schema.name` as SQL writes it. */
export function quoteTable(name: string): string {
  const dot = name.indexOf('.');
  return dot === -1 ? quoteName(name) : `${quoteName(name.slice(0, dot))}.${quoteName(name.slice(dot + 1))}`;
}
