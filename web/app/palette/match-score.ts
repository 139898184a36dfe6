const fold = (text: string) => text.normalize('NFKC').toLowerCase();
const isStart = (text: string, index: number) => index === 0 || /[\s\-_/.,:·（(]/.test(text[index - 1] ?? '');

/** Letters of a word in their order, with gaps: few and short ones are better. */
function scoreLetters(text: string, word: string): number | null {
  let [at, gaps, starts] = [-1, 0, 0];
  for (const letter of word) {
    const next = text.indexOf(letter, at + 1);
    if (next === -1) return null;
    if (at >= 0) gaps += next - at - 1;
    if (isStart(text, next)) starts += 1;
    at = next;
  }
  return word.length < 2 ? null : Math.max(1, 30 + starts * 5 - gaps * 2);
}

function scoreWord(text: string, word: string, isWhole: boolean): number | null {
  const index = text.indexOf(word);
  if (index === -1) return isWhole ? null : scoreLetters(text, word);
  return (isStart(text, index) ? 100 : 70) - Math.min(20, index);
}

/**
 * How well a text fits what was typed, more being better; null where a word of it is not there, nor its letters in order.
 *
 * @param isWhole - letters with gaps do not count: in a long text there is nearly always some of them
 */
export function matchScore(text: string, query: string, isWhole = false): number | null {
  const folded = fold(text);
  const scores = fold(query)
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => scoreWord(folded, word, isWhole));
  return scores.reduce<number | null>((sum, score) => (sum === null || score === null ? null : sum + score), 0);
}
