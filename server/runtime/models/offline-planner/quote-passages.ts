import { tokenise, translateWords } from './tokenise.ts';

const mostPassages = 3;
const longestPassage = 600;
const shortestPassage = 40;
const longestList = 4_000;

/** Text of a page without what would load or link from within a quotation. */
function toQuotable(markdown: string): string {
  return markdown
    .replaceAll(/!\[([^\]]{0,300})\]\([^)\s]{0,2000}(?:\s[^)]{0,300})?\)/g, '$1')
    .replaceAll(/\[([^\]]{1,300})\]\([^)\s]{0,2000}(?:\s[^)]{0,300})?\)/g, '$1')
    .replaceAll('<', '\\<')
    .trim();
}

function shorten(text: string): string {
  if (text.length <= longestPassage) return text;
  const cut = text.slice(0, longestPassage);
  const end = Math.max(cut.lastIndexOf('. '), cut.lastIndexOf('。'));
  return end > longestPassage / 2 ? `${cut.slice(0, end + 1)} …` : `${cut}…`;
}

/** Text made of facts in lines or of a table: to be shown whole, line by line. */
function isListed(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return (
    lines.length > 2 &&
    lines.filter((line) => /^(?:\||- |[\p{L}][\p{L} ]{0,30}(?:: |：))/u.test(line)).length > lines.length / 2
  );
}

function quoteList(text: string): string {
  const lines = text.slice(0, longestList).split('\n');
  return (
    lines
      .map((line) => (/^\s*(?:[|#>-]|$)/.test(line) ? line : `${line}  `))
      .join('\n')
      .trimEnd() + (text.length > longestList ? '\n…' : '')
  );
}

/** The passages of a text that share most words with what was asked, in their order; the first ones when none does. */
export function quotePassages(text: string, asked: string): string[] {
  if (isListed(text.slice(0, longestList))) return [quoteList(toQuotable(text))];
  const passages = text
    .split(/\n\s*\n/)
    .map(toQuotable)
    .filter((passage) => passage !== '' && !/^(?:#{1,6}\s.*|[-*_]{3,})$/.test(passage));
  const wanted = new Set([...tokenise(asked), ...translateWords(asked)]);
  const scored = passages.slice(0, 400).map((passage, place) => ({
    passage,
    place,
    score: new Set(tokenise(passage.slice(0, 4_000)).filter((word) => wanted.has(word))).size,
  }));
  const top = Math.max(...scored.map(({ score }) => score), 0);
  const best = scored
    .filter(({ score }) => score > 0 && score * 2 >= top)
    .sort((one, other) => other.score - one.score || one.place - other.place);
  const telling = scored.filter(
    ({ passage }) => passage.length >= shortestPassage || /\p{Script=Han}{12}/u.test(passage),
  );
  const chosen = (best.length > 0 ? best : telling.length > 0 ? telling : scored).slice(0, mostPassages);
  return chosen.sort((one, other) => one.place - other.place).map(({ passage }) => shorten(passage));
}
