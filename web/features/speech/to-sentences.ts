/** A sentence of nothing else is no sentence to hear. */
const hasWords = /[\p{L}\p{N}]/u;
/** What a voice says in one breath, at most; a longer one is cut off by some browsers. */
const longestSentence = 300;

/** What is said of an answer in Markdown, sentence by sentence: no code, no addresses, no marks. Pure. */
export function toSentences(markdown: string, language: string): string[] {
  const parts = new Intl.Segmenter(language, { granularity: 'sentence' });
  return toSpokenText(markdown)
    .split('\n')
    .flatMap((line) => [...parts.segment(line)].map(({ segment }) => segment.trim()))
    .flatMap(cutLong)
    .filter((sentence) => hasWords.test(sentence));
}

/** The language that a text is mostly written in, for the voice; letters that many languages share are the page's. Pure. */
export function findLanguage(text: string, pageLanguage: string): string {
  const count = (letters: RegExp) => text.match(letters)?.length ?? 0;
  const latin = count(/\p{Script=Latin}/gu);
  const scripts = [
    ['ja', count(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu) * 3],
    ['zh-CN', count(/\p{Script=Han}/gu) * 2],
    ['ko', count(/\p{Script=Hangul}/gu) * 2],
    ['ru', count(/\p{Script=Cyrillic}/gu)],
    ['ar', count(/\p{Script=Arabic}/gu)],
  ] as const;
  const [language, weight] = scripts.reduce((most, next) => (next[1] > most[1] ? next : most));
  if (weight > latin) return language;
  return pageLanguage.startsWith('zh') ? 'en' : pageLanguage;
}

function toSpokenText(markdown: string): string {
  return markdown
    .replace(/^(```|~~~)[^\n]*\n[\s\S]*?(?:^\1[^\n]*$|$(?![\s\S]))/gm, '')
    .replace(/\$\$[\s\S]*?\$\$/g, '')
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/ ?\[\d+\]/g, '')
    .replace(/<?https?:\/\/[^\s>]+>?/g, '')
    .replace(/<\/?[a-z][^>\n]*>|<!--.*?-->/gi, '')
    .replace(/\b(0x[0-9a-f]{4})[0-9a-f]{12,}([0-9a-f]{4})\b/gi, '$1 … $2')
    .replace(/^\s*(?:[#>]+|[-*+]|\d+[.)])\s+/gm, '')
    .replace(/^[\s|:-]+$/gm, '')
    .replace(/^[ \t]*\||\|[ \t]*$/gm, '')
    .replace(/[ \t]*\|[ \t]*/g, ', ')
    .replace(/(?<=[\p{L}\p{N}])_+(?=[\p{L}\p{N}])/gu, ' ')
    .replace(/[*_`~]/g, '');
}

function cutLong(sentence: string): string[] {
  if (sentence.length <= longestSentence) return [sentence];
  const pieces = sentence.match(
    new RegExp(`.{1,${longestSentence}}(?:[\\s,;:，；：、]|$)|.{1,${longestSentence}}`, 'gu'),
  );
  return (pieces ?? []).map((piece) => piece.trim());
}
