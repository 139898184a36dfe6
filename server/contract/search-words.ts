const scriptWithoutSpaces = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const runs =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{N}])+/gu;

const isSpaced = (word: string) => !scriptWithoutSpaces.test(word);

function toPairs(run: string): string[] {
  const letters = [...run];
  return letters.slice(1).map((letter, index) => `${letters[index]}${letter}`);
}

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC').toLowerCase();

/**
 * The words of a text, small and without accents. Scripts without spaces give pairs of neighbours, so that a word is found
 * wherever it stands and however a dictionary would cut it; `withLetters` adds the single ones.
 */
function splitWords(text: string, { withLetters }: { withLetters: boolean }): string[] {
  return (fold(text).match(runs) ?? []).flatMap((run) => {
    if (isSpaced(run)) return [run];
    const pairs = toPairs(run);
    return withLetters || pairs.length === 0 ? [...pairs, ...run] : pairs;
  });
}

const forgivenLetters = (word: string) => (!isSpaced(word) || word.length < 4 ? 0 : word.length < 6 ? 1 : 2);

/**
 * How an index of MiniSearch takes texts apart and compares their words: beginnings fit, typing errors are forgiven in longer
 * words, and scripts without spaces are found by any two neighbours.
 */
export const wordSearch = {
  tokenize: (text: string) => splitWords(text, { withLetters: true }),
  processTerm: (term: string) => term,
  searchOptions: {
    tokenize: (text: string) => splitWords(text, { withLetters: false }),
    weights: { prefix: 0.6, fuzzy: 0.3 },
    prefix: (word: string) => isSpaced(word) && word.length > 1,
    fuzzy: (word: string) => forgivenLetters(word) || false,
  },
};
