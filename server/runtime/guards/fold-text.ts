/** A text in one form for all its spellings, and for each of its characters the place that it came from. */
export type FoldedText = { text: string; places: Int32Array };

const marks = /[\u0300-\u036f]/g;
// Invisible characters that are put between letters to hide a word.
const invisible =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]/;
const firstTag = 0xe0020;
const lastTag = 0xe007e;
const kept = new Map<string, string>();
const mostKept = 10_000;

/**
 * Folds case, widths, accents and compatibility forms (`Ｅｖｉｌ`, `évil`, `𝐞𝐯𝐢𝐥` are `evil`), makes every run of spaces one space,
 * leaves invisible characters out and spells out tag characters, in which text can be hidden.
 */
export function foldText(raw: string): FoldedText {
  const places: number[] = [];
  const pieces: string[] = [];
  let isAfterSpace = false;
  let isAfterTag = false;
  for (let at = 0; at < raw.length;) {
    const code = raw.codePointAt(at) ?? 0;
    const length = code > 0xffff ? 2 : 1;
    const isTag = code >= firstTag && code <= lastTag;
    // Hidden text is a text of its own.
    if (isTag !== isAfterTag) {
      pieces.push(' ');
      places.push(at);
      isAfterSpace = true;
    }
    isAfterTag = isTag;
    const piece = code < 0x80 ? foldPlain(code) : foldOther(raw.slice(at, at + length), code);
    const isSpace = piece === ' ';
    if (!(isSpace && isAfterSpace) && piece !== '') {
      pieces.push(piece);
      for (let count = 0; count < piece.length; count += 1) places.push(at);
      isAfterSpace = isSpace;
    }
    at += length;
  }
  places.push(raw.length);
  return { text: pieces.join(''), places: Int32Array.from(places) };
}

function foldPlain(code: number): string {
  if (code <= 0x20 || code === 0x7f) return code === 0x20 || (code >= 9 && code <= 13) ? ' ' : '';
  return String.fromCharCode(code >= 0x41 && code <= 0x5a ? code + 0x20 : code);
}

function foldOther(character: string, code: number): string {
  const known = kept.get(character);
  if (known !== undefined) return known;
  const folded = fold(character, code);
  if (kept.size < mostKept) kept.set(character, folded);
  return folded;
}

function fold(character: string, code: number): string {
  if (code >= firstTag && code <= lastTag) return String.fromCharCode(code - firstTag + 0x20).toLowerCase();
  if (invisible.test(character)) return '';
  if (/\s/.test(character)) return ' ';
  return character.normalize('NFKD').replace(marks, '').toLowerCase().replace(/\s+/g, ' ');
}
