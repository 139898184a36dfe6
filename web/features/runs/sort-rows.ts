import type { TableRows } from './components/table-rows.ts';

export type TableOrder = { column: number; direction: 'ascending' | 'descending' };

/** The places of a table's rows in an order by one column: numbers by their size, words as people sort them, nothing last. */
export function sortRows(rows: TableRows, { column, direction }: TableOrder, language: string): number[] {
  const { compare } = new Intl.Collator(language, { numeric: true, sensitivity: 'base' });
  const sign = direction === 'ascending' ? 1 : -1;
  const keys = Array.from({ length: rows.count }, (_, place) => {
    const words = rows.read(place)[column]?.trim() ?? '';
    return { place, words, number: readNumber(words) };
  });
  keys.sort((one, other) => {
    if (one.words === '' || other.words === '') return Number(one.words === '') - Number(other.words === '');
    if (one.number !== null && other.number !== null) return sign * (one.number - other.number);
    return sign * compare(one.words, other.words);
  });
  return keys.map(({ place }) => place);
}

/** `$1,234.50`, `12 %` and `−3` as numbers. */
function readNumber(words: string): number | null {
  const bare = words
    .replace(/^([-+−]?)\s*[$€£¥₿Ξ]\s*/, '$1')
    .replace(/\s*%$/, '')
    .replace('−', '-')
    .replace(/(\d)[, '’](?=\d{3}(?!\d))/g, '$1');
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(bare) ? Number(bare) : null;
}
