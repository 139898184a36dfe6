const scriptWithoutSpaces = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const runs =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{N}])+/gu;

export const isSpaced = (word: string) => !scriptWithoutSpaces.test(word);

function toPairs(run: string): string[] {
  const letters = [...run];
  return letters.slice(1).map((letter, index) => `${letters[index]}${letter}`);
}

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC').toLowerCase();

/**
 * The words of a text, small and without accents. Scripts without spaces give pairs of neighbours, so that a word is found
 * wherever it stands and however a dictionary would cut it; `withLetters` adds the single ones.
 */
export function splitWords(text: string, { withLetters }: { withLetters: boolean }): string[] {
  return (fold(text).match(runs) ?? []).flatMap((run) => {
    if (isSpaced(run)) return [run];
    const pairs = toPairs(run);
    return withLetters || pairs.length === 0 ? [...pairs, ...run] : pairs;
  });
}
