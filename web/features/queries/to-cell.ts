/** A value of a result as a cell shows it; what is nothing shows as nothing. */
export function toCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
