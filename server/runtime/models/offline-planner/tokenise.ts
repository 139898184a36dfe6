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

/** The words of a text in any script, small, without endings and without words that say nothing. */
export function tokenise(text: string): string[] {
  const spread = text.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, ' ').replaceAll(/[_-]+/g, ' ');
  return [...segmenter.segment(spread)]
    .filter(({ isWordLike, segment }) => isWordLike && !stopWords.has(segment.toLowerCase()))
    .map(({ segment }) => toStem(segment.toLowerCase()));
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
