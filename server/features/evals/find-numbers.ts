// A minus only where no digit stands before it: "10-20" has 10 and 20.
const number = /(?<![\d.])[-−]?\d+(?:[,'’_\u00a0\u202f]\d{3}(?!\d))*(?:\.\d+)?(?:e[+-]?\d{1,3})?/gi;

/** All numbers that a text has, thousands separators or not. Pure. */
export function findNumbers(text: string): number[] {
  return (text.match(number) ?? [])
    .map((found) => Number(found.replaceAll(/[,'’_\s]/g, '').replace('−', '-')))
    .filter(Number.isFinite);
}
