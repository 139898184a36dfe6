import { isObject } from '#server/contract/is-object.ts';
import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import { parseJson } from './recognise.ts';
import { toInlineText } from './render-value.ts';
import { wordsOf, type Language } from './wording.ts';

const mostRows = 20;
const mostColumns = 12;

const toCell = (value: JsonValue | undefined): string => {
  if (value === null || value === undefined) return '–';
  return toInlineText(typeof value === 'object' ? JSON.stringify(value) : String(value));
};

/** What SQL brought, as a figure or a table, with the SQL and what it was bound to; null where it is no such result. */
export function renderRows(body: string, { sql, parameters }: JsonObject, language: Language): string | null {
  const json = parseJson(body);
  const result: JsonObject = isObject(json ?? null) ? (json as JsonObject) : {};
  const columns = (Array.isArray(result['columns']) ? result['columns'] : []).filter(isObject);
  const rows = Array.isArray(result['rows']) ? result['rows'].map((row) => (Array.isArray(row) ? row : [])) : null;
  if (rows === null || columns.length === 0) return null;
  const words = wordsOf(language);
  const isExact = columns.map(({ type }) => typeof type === 'string' && type.startsWith('DECIMAL'));
  /** As many digits after the point as mean something: a DECIMAL brings all of its type. */
  const show = (value: JsonValue | undefined, place: number) =>
    toCell(
      isExact[place] === true && typeof value === 'string'
        ? value.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')
        : value,
    );
  const names = columns.slice(0, mostColumns).map(({ name }) => toCell(name));
  const total = typeof result['total'] === 'number' ? result['total'] : rows.length;
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const [first] = rows;
  const shown =
    first === undefined
      ? [words.noRows]
      : rows.length === 1 && names.length === 1
        ? [`${names[0] ?? ''}: **${show(first[0], 0)}**`]
        : [
            [
              line(names),
              line(names.map((_, place) => (rows.every((row) => typeof row[place] === 'number') ? '---:' : '---'))),
              ...rows.slice(0, mostRows).map((row) => line(names.map((_, place) => show(row[place], place)))),
            ].join('\n'),
            ...(total > mostRows ? [words.more(total - mostRows)] : []),
          ];
  const bound = isObject(parameters ?? null) ? Object.entries(parameters as JsonObject) : [];
  const values = bound.map(([name, value]) => `-- ${name} = ${JSON.stringify(value)}`);
  const written = typeof sql === 'string' ? sql.replaceAll('```', '') : '';
  return [...shown, `${words.sqlUsed}\n\n\`\`\`sql\n${[...values, written].join('\n')}\n\`\`\``].join('\n\n');
}
