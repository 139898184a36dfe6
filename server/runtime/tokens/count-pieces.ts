import type { TokenWeights } from './find-tokenizer.ts';
import type { Encoding } from './load-encoding.ts';

/** Merging takes time with the square of a piece's length; what is longer is cut, at the cost of a token a cut. */
const longestPiece = 96;
const mostKept = 20_000;
const longestKept = 24;

/** Tokens of a text: exact, or weighed by kind of text as another tokenizer would make them, and then not whole. */
export type PieceCounter = (text: string, weights: TokenWeights | null) => number;

/** Makes the count of one encoding. The pieces that texts are made of come again and again, so counts are kept. */
export function createPieceCounter({ pieces, ranks }: Encoding): PieceCounter {
  const kept = new Map<string, number>();

  function countPiece(piece: string): number {
    const found = kept.get(piece);
    if (found !== undefined) return found;
    const bytes = Buffer.from(piece, 'utf8').toString('latin1');
    let count = 0;
    for (let start = 0; start < bytes.length; start += longestPiece) {
      count += countMerged(bytes.slice(start, start + longestPiece), ranks);
    }
    if (piece.length <= longestKept) {
      if (kept.size >= mostKept) kept.clear();
      kept.set(piece, count);
    }
    return count;
  }

  return (text, weights) => {
    let count = 0;
    for (const [piece] of text.matchAll(pieces)) {
      count += weights === null ? countPiece(piece) : weigh(piece, countPiece(piece), weights);
    }
    return count;
  };
}

type TextKind = Exclude<keyof TokenWeights, 'number' | 'digit'>;

/** Of pieces that are not ASCII; the first that fits, where one mixes scripts. */
const kinds: readonly (readonly [RegExp, TextKind])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'kana'],
  [/\p{Script=Hangul}/u, 'hangul'],
  [/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u, 'han'],
  [/\p{Script=Cyrillic}/u, 'cyrillic'],
  [/\p{Script=Latin}/u, 'accented'],
  [/\p{L}/u, 'otherScript'],
];

/** The encodings never put letters and digits into one piece. */
function weigh(piece: string, tokens: number, weights: TokenWeights): number {
  if (/\p{N}/u.test(piece)) return weights.number * tokens + weights.digit * piece.length;
  return weights[kindOf(piece)] * tokens;
}

function kindOf(piece: string): TextKind {
  if (/^\s+$/.test(piece)) return 'space';
  if (Buffer.byteLength(piece) === piece.length) return /[A-Za-z]/.test(piece) ? 'word' : 'mark';
  return kinds.find(([pattern]) => pattern.test(piece))?.[1] ?? 'mark';
}

/**
 * How many tokens byte-pair encoding leaves of some bytes: the two neighbours with the lowest rank are merged, as long as
 * there are some.
 */
function countMerged(bytes: string, ranks: ReadonlyMap<string, number>): number {
  if (bytes.length <= 1 || ranks.has(bytes)) return Math.min(bytes.length, 1);
  const starts = Array.from({ length: bytes.length + 1 }, (_, place) => place);
  const rankAt = (place: number): number => {
    const end = starts[place + 2];
    return end === undefined ? Infinity : (ranks.get(bytes.slice(starts[place], end)) ?? Infinity);
  };
  const pairs = starts.map((_, place) => rankAt(place));
  for (;;) {
    let lowest = Infinity;
    let at = -1;
    for (let place = 0; place < pairs.length; place += 1) {
      const rank = pairs[place] ?? Infinity;
      if (rank < lowest) {
        lowest = rank;
        at = place;
      }
    }
    if (at === -1) return starts.length - 1;
    starts.splice(at + 1, 1);
    pairs.splice(at + 1, 1);
    pairs[at] = rankAt(at);
    if (at > 0) pairs[at - 1] = rankAt(at - 1);
  }
}
