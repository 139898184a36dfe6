import type { Detector } from './found-text.ts';

/** Finds what is beyond a number of characters, as people count them. */
export function createLengthDetector(characters: number): Detector {
  return {
    find: (text) => {
      if (text.length <= characters) return [];
      const end = endOf(text, characters);
      return end === null ? [] : [{ start: end, end: text.length, what: 'length' }];
    },
    findOpen: (text) => text.length,
  };
}

/** Where so many characters end, or null when there are not more; surrogate pairs are one. */
function endOf(text: string, characters: number): number | null {
  let at = 0;
  for (let count = 0; count < characters; count += 1) {
    if (at >= text.length) return null;
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
  return at < text.length ? at : null;
}
