/** A value of a filter as it was written; of a number, every digit is kept. */
export type FilterValue = { text: string; isNumber: boolean };

/** Which rows of a result are meant, by what stands in their columns. */
export type RowFilter =
  | { kind: 'all' | 'any'; parts: RowFilter[] }
  | { kind: 'compare'; column: string; operator: '=' | '<>' | '<' | '<=' | '>' | '>=' | 'like'; value: FilterValue }
  | { kind: 'in'; column: string; values: FilterValue[] }
  | { kind: 'empty'; column: string; isEmpty: boolean };
