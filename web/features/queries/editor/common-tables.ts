import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';

/** The names that WITH gives to queries of some SQL, with the names that their SELECT gives by AS. */
export function findCommonTables(sql: string): { name: string; columns: string[] }[] {
  const found = [
    ...sql.matchAll(
      /(?:\bwith(?:\s+recursive)?|,)\s*("?)([\w$]+)\1\s*(?:\(([^()]*)\)\s*)?as\s*(?:(?:not\s+)?materialized\s*)?\(/gi,
    ),
  ];
  return found.map(({ 0: whole, 2: name = '', 3: named, index }) => {
    if (named !== undefined) return { name, columns: named.split(',').map((one) => one.trim().replaceAll('"', '')) };
    const body = readParenthesis(sql, index + whole.length);
    return {
      name,
      columns: [...body.matchAll(/\bas\s+"?([\w$]+)"?\s*(?=,|\bfrom\b|$)/gi)].map(([, column = '']) => column),
    };
  });
}

/** What stands until the parenthesis closes that was opened before. */
function readParenthesis(sql: string, start: number): string {
  for (let [at, depth] = [start, 1]; at < sql.length; at += 1) {
    if (sql[at] === '(') depth += 1;
    if (sql[at] === ')') depth -= 1;
    if (depth === 0) return sql.slice(start, at);
  }
  return sql.slice(start);
}

/** Completes the names that WITH gives, and behind one of them and a point its columns. */
export function completeCommonTables(context: CompletionContext): CompletionResult | null {
  const word = context.matchBefore(/[\w$]+\.[\w$]*|[\w$]+/);
  if (word === null) return null;
  const tables = findCommonTables(context.state.doc.toString());
  const [before = '', after] = word.text.split('.');
  if (after === undefined) {
    const options = tables.map(({ name }) => ({ label: name, type: 'type', detail: 'WITH', boost: 1 }));
    return options.length === 0 ? null : { from: word.from, options, validFor: /^[\w$]*$/ };
  }
  const table = tables.find(({ name }) => name.toLowerCase() === before.toLowerCase());
  if (table === undefined || table.columns.length === 0) return null;
  const options = table.columns.map((label) => ({ label, type: 'property' }));
  return { from: word.from + before.length + 1, options, validFor: /^[\w$]*$/ };
}
