import { findAll, hide, type Found } from './found.ts';

/** Words behind "table" and "column" that are no names. */
const plain =
  /^(?:of|with|that|this|is|in|for|and|or|by|to|from|the|a|an|has|have|over|on|as|it|its|into|below|above|please|name|names|called|named|size)$/i;
const toName = ([, one, other]: RegExpExecArray) => {
  const name = one ?? other ?? '';
  return name === '' || plain.test(name) ? null : name;
};
const name = '[A-Za-z_][\\w]*(?:\\.[A-Za-z_]\\w*)?';
const columns = new RegExp(
  `\\b(?:columns?|field)\\s+(?:called\\s+|named\\s+)?(${name})|(?:列|字段)\\s*(${name})|(${name})\\s*(?:列|字段)`,
  'gi',
);
const tables = new RegExp(
  `\\b(?:table|dataset)\\s+(?:called\\s+|named\\s+)?(${name})|(?:数据表|数据集|表格|表)\\s*(${name})`,
  'gi',
);
/** Names that nobody says as words: with a line below, or with a schema. */
const written = /(?<![\w./@-])([A-Za-z]\w*_\w+(?:\.\w+)?|[a-z]\w*\.[a-z]\w*_\w+)(?![\w/@-])/g;

/** Names of tables and columns in what a person says: "table orders", "shop_days", "列 price". */
export function recogniseDataNames(words: string): Found[] {
  const ofColumns = findAll(words, columns, 'column-name', (match) => toName(match) ?? match[3] ?? null);
  const left = hide(words, ofColumns);
  const ofTables = findAll(left, tables, 'table-name', toName);
  const more = ofTables.length > 0 ? [] : findAll(left, written, 'table-name', ([, found]) => found ?? null);
  return [...ofColumns, ...ofTables, ...more.slice(0, 1)];
}
