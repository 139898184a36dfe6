import { quoteTable, type SqlTable } from './sql-schema.ts';

export const feeColumn = 'fee_paid';
const words = /\bfees?\b|\bexpensive\b|\bcheap\w*\b|\bcost\w*\b|\bspent on gas\b|手续费|费用|最贵|花费/i;

/** What to show of single ones: their data can be longer than all else. */
export const shownFees = `hash, block_time, "from", "to", ${feeColumn}, gas_used, gas_price, success`;

/** What is said of fees, of no table in particular. */
export const speaksOfFees = (text: string): boolean => words.test(text);

/** Whether a question about transactions is of what was paid for them. */
export const isOfFees = ({ name, columns }: SqlTable, text: string): boolean =>
  name.endsWith('.transactions') &&
  words.test(text) &&
  ['gas_used', 'gas_price'].every((wanted) => columns.some((column) => column.name === wanted));

/** The transactions of a chain with what each paid, in the chain's coin. */
export function openFees(table: SqlTable): { from: string; table: SqlTable } {
  return {
    from: `(
  SELECT to_tokens(CAST(gas_used AS HUGEINT) * gas_price, 18) AS ${feeColumn}, * FROM ${quoteTable(table.name)}
)`,
    table: {
      ...table,
      columns: [{ name: feeColumn, type: 'DECIMAL(38,18)', kind: 'number', values: [] }, ...table.columns],
    },
  };
}
