export type DiffLine = { kind: 'same' | 'added' | 'removed'; text: string };

const longestProduct = 1_000_000;

/** The lines of two texts side by side: what stayed, what went, what came. Very long texts are shown whole, old then new. */
export function diffLines(before: string, after: string): DiffLine[] {
  const left = toLines(before);
  const right = toLines(after);
  if (left.length * right.length > longestProduct) return [...left.map(toRemoved), ...right.map(toAdded)];
  const lengths = commonLengths(left, right);
  const lines: DiffLine[] = [];
  let row = 0;
  let column = 0;
  while (row < left.length || column < right.length) {
    const old = left[row];
    const fresh = right[column];
    if (old !== undefined && old === fresh) {
      lines.push({ kind: 'same', text: old });
      row += 1;
      column += 1;
    } else if (
      fresh === undefined ||
      (old !== undefined && at(lengths, row + 1, column) >= at(lengths, row, column + 1))
    ) {
      lines.push(toRemoved(old ?? ''));
      row += 1;
    } else {
      lines.push(toAdded(fresh));
      column += 1;
    }
  }
  return lines;
}

/** An empty text has no line, so that no blank line of the other is taken for it. */
const toLines = (text: string) => (text === '' ? [] : text.split('\n'));
const toRemoved = (text: string): DiffLine => ({ kind: 'removed', text });
const toAdded = (text: string): DiffLine => ({ kind: 'added', text });
const at = (lengths: number[][], row: number, column: number) => lengths[row]?.[column] ?? 0;

function commonLengths(left: string[], right: string[]): number[][] {
  const lengths = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0));
  for (let row = left.length - 1; row >= 0; row -= 1) {
    for (let column = right.length - 1; column >= 0; column -= 1) {
      const isSame = left[row] === right[column];
      const best = isSame
        ? at(lengths, row + 1, column + 1) + 1
        : Math.max(at(lengths, row + 1, column), at(lengths, row, column + 1));
      const line = lengths[row];
      if (line) line[column] = best;
    }
  }
  return lengths;
}
