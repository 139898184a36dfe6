import type { Detector, FoundText } from './found-text.ts';
import { type FoldedText, foldText } from './fold-text.ts';

const word = /[\p{L}\p{N}_]/u;
// Scripts that put no spaces between words.
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** Invisible characters and spaces that may stand within a phrase whose end is still to come. */
const slack = 32;

/** Finds words and phrases in any spelling that `foldText` makes one. */
export function createTopicDetector(words: readonly string[]): Detector {
  const phrases = [...new Set(words.map((phrase) => foldText(phrase).text.trim()))].filter((phrase) => phrase !== '');
  const longest = Math.max(0, ...phrases.map((phrase) => phrase.length));
  return {
    find: (text) => {
      const folded = foldText(text);
      return phrases.flatMap((phrase) => findPhrase(folded, phrase));
    },
    findOpen: (text) => {
      const { places } = foldText(text.slice(-(longest * 4 + slack)));
      const offset = Math.max(0, text.length - (longest * 4 + slack));
      // One more than the phrase: what follows decides whether it is a whole word.
      const first = Math.max(0, places.length - 1 - longest);
      return offset + (places[first] ?? 0);
    },
  };
}

function findPhrase({ text, places }: FoldedText, phrase: string): FoundText[] {
  const found: FoundText[] = [];
  for (let at = text.indexOf(phrase); at !== -1; at = text.indexOf(phrase, at + phrase.length)) {
    const end = at + phrase.length;
    if (isEdge(text, at - 1, at) && isEdge(text, end, end - 1)) {
      found.push({ start: places[at] ?? 0, end: places[end] ?? 0, what: 'topic' });
    }
  }
  return found;
}

/** Whether a phrase may begin or end between two characters: not in the middle of a word. */
function isEdge(text: string, outer: number, inner: number): boolean {
  const outside = text.charAt(outer);
  const inside = text.charAt(inner);
  return !word.test(outside) || !word.test(inside) || unspaced.test(inside) || unspaced.test(outside);
}
