import { glossary, stopWords } from './glossary.ts';

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** An English word without its most common endings; good enough to match "charts" with "chart". */
function toStem(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  return word
    .replace(/ies$/, 'y')
    .replace(/(?<=[^aeious]{2}|[sxz]|ch|sh)es$/, '')
    .replace(/(?<=[^s])s$/, '')
    .replace(/(?<=[a-z]{4})(?:ing|ed|ion|or|er)$/, '')
    .replace(/e$/, '');
}

const longestTextSplit = 8_000;

/** Runs of letters and digits; those of scripts without spaces are cut into words by the segmenter. */
function splitWords(text: string): string[] {
  const runs = text
    .slice(0, longestTextSplit)
    .match(
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{1,200}|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{N}])+/gu,
    );
  return (runs ?? []).flatMap((run) =>
    /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(run)
      ? Array.from(segmenter.segment(run), ({ segment }) => segment)
      : [run],
  );
}

/** The words of a text in any script, small, without endings and without words that say nothing. */
export function tokenise(text: string): string[] {
  return splitWords(text.slice(0, longestTextSplit).replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, ' '))
    .map((word) => word.toLowerCase())
    .filter((word) => !stopWords.has(word))
    .map(toStem);
}

const glossaryByStem = glossary.map(({ words, means }) => ({
  chinese: words.filter((word) => /\p{Script=Han}/u.test(word)),
  english: new Set(words.filter((word) => !/\p{Script=Han}/u.test(word)).map((word) => toStem(word))),
  means: means.flatMap(tokenise),
}));

/** Words that people use, as words that tools use: 柱状图 → bar, chart. Chinese is matched by what it contains. */
export function translateWords(text: string): string[] {
  const tokens = new Set(tokenise(text));
  return [
    ...new Set(
      glossaryByStem.flatMap(({ chinese, english, means }) =>
        chinese.some((word) => text.includes(word)) || [...tokens].some((token) => english.has(token)) ? means : [],
      ),
    ),
  ];
}
