/** Thousands in one language, a fraction in another. */
const ambiguous = /^[1-9]\d{0,2}(?:,\d{3})+$/;

/**
 * What was written in a field, as a number; nothing is null. What is no number, or could be two, stays as it is written, so
 * that the schema can say so.
 */
export function toNumber(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (text === '') return null;
  if (ambiguous.test(text)) return value;
  const number = Number(text.replace(',', '.'));
  return Number.isNaN(number) ? value : number;
}
