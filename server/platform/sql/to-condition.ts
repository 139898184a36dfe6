import type { FilterValue, RowFilter } from '#server/contract/row-filter.ts';
import type { SqlColumn } from '#server/contract/sql.ts';
import { quoteName, quoteText } from './quote.ts';
import { SqlFailure } from './sql-failure.ts';

/**
 * A filter as a condition of SQL on columns that are there; every name and value in it is quoted.
 *
 * Addresses and hashes are the same in any case, and a text is compared with other types as one of theirs.
 *
 * @throws {SqlFailure} `unknown_name`, for a column that the rows do not have
 */
export function toCondition(filter: RowFilter, columns: readonly SqlColumn[]): string {
  switch (filter.kind) {
    case 'all':
    case 'any':
      return `(${filter.parts.map((part) => toCondition(part, columns)).join(filter.kind === 'all' ? ' AND ' : ' OR ')})`;
    case 'empty':
      return `${quoteName(findColumn(filter.column, columns).name)} IS ${filter.isEmpty ? '' : 'NOT '}NULL`;
    case 'in': {
      const column = findColumn(filter.column, columns);
      return `(${filter.values.map((value) => toComparison(column, '=', value)).join(' OR ')})`;
    }
    case 'compare':
      return toComparison(findColumn(filter.column, columns), filter.operator, filter.value);
  }
}

/** Names are the same in any case where that leaves no doubt, as in SQL. */
function findColumn(name: string, columns: readonly SqlColumn[]): SqlColumn {
  const exact = columns.find((column) => column.name === name);
  const alike = columns.filter((column) => column.name.toLowerCase() === name.toLowerCase());
  const found = exact ?? (alike.length === 1 ? alike[0] : undefined);
  if (found === undefined) {
    throw new SqlFailure('unknown_name', { en: `The result has no column "${name}".`, zh: `结果中没有列“${name}”。` });
  }
  return found;
}

function toComparison({ name, type }: SqlColumn, operator: string, { text, isNumber }: FilterValue): string {
  const column = quoteName(name);
  if (operator === 'like') return `CAST(${column} AS VARCHAR) ILIKE ${quoteText(text)}`;
  if (type === 'BLOB') return `'0x' || lower(hex(${column})) ${operator} ${quoteText(text.toLowerCase())}`;
  if (type === 'VARCHAR') {
    return /^0x[0-9a-f]+$/i.test(text)
      ? `lower(${column}) ${operator} ${quoteText(text.toLowerCase())}`
      : `${column} ${operator} ${quoteText(text)}`;
  }
  return isNumber && isFigure(type)
    ? `${column} ${operator} ${text}`
    : `${column} ${operator} CAST(${quoteText(text)} AS ${type})`;
}

const isFigure = (type: string): boolean => /INT|^DECIMAL|^DOUBLE$|^FLOAT$|^BIGNUM$/.test(type);
