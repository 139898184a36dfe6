import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { createPieceCounter, type PieceCounter } from './count-pieces.ts';
import { findTokenizer, type Tokenizer } from './find-tokenizer.ts';
import { type EncodingName, loadEncoding } from './load-encoding.ts';

export type TokenCounter = ReturnType<typeof createTokenCounter>;

const keptTexts = 5000;
const charactersAtOnce = 4000;
/** Of longer texts so many slices are counted, spread over all of it. */
const longestWhole = 64_000;
const samples = 12;
const keptModels = 500;
/** Of less than this, what a provider adds for roles and the like says more than its tokenizer. */
const leastToLearnFrom = 2000;

/**
 * Counts tokens as a model does. Nothing is loaded before the first count; texts that were counted are remembered by
 * their hash. Long texts are counted in slices between which others get their turn.
 */
export function createTokenCounter() {
  const counters = new Map<EncodingName, Promise<PieceCounter>>();
  const counted = new LRUCache<string, number>({ max: keptTexts });
  const corrections = new LRUCache<string, number>({ max: keptModels });

  function open(name: EncodingName): Promise<PieceCounter> {
    const found = counters.get(name);
    if (found !== undefined) return found;
    const made = loadEncoding(name).then(createPieceCounter);
    counters.set(name, made);
    made.catch(() => counters.delete(name));
    return made;
  }

  async function countWith({ name, encoding, weights }: Tokenizer, text: string): Promise<number> {
    const key = `${name} ${createHash('sha1').update(text).digest('base64')}`;
    const found = counted.get(key);
    if (found !== undefined) return found;
    const countPieces = await open(encoding);
    const count = await countSlices((slice) => countPieces(slice, weights), text);
    counted.set(key, count);
    return count;
  }

  return {
    /** The tokens of a text, as far as they are known of this model (`findTokenizer`). */
    count: async (text: string, model: string): Promise<number> => {
      if (text === '') return 0;
      return Math.ceil((await countWith(findTokenizer(model), text)) * (corrections.get(model) ?? 1));
    },

    /** Takes the provider's own count of a whole request as the truth about its model's tokenizer, bit by bit. */
    learn: (model: string, { countedTokens, reportedTokens }: { countedTokens: number; reportedTokens: number }) => {
      if (countedTokens < leastToLearnFrom || reportedTokens < leastToLearnFrom) return;
      const ratio = reportedTokens / countedTokens;
      // Farther off than this it is something else than the tokenizer: a file, a cache, a proxy that rewrites.
      if (ratio < 0.6 || ratio > 1.6) return;
      const before = corrections.get(model) ?? 1;
      corrections.set(model, before * (1 + (ratio - 1) / 2));
    },
  };
}

/** About what providers count for a picture of a usual size. */
export const tokensPerImage = 1000;

/** Never fewer than the tokens of a text, at no cost: no token is shorter than a byte. */
export const mostTokens = (text: string): number => Buffer.byteLength(text);

async function countSlices(countText: (text: string) => number, text: string): Promise<number> {
  if (text.length <= charactersAtOnce) return countText(text);
  const isSampled = text.length > longestWhole;
  const step = isSampled ? Math.floor((text.length - charactersAtOnce) / (samples - 1)) : charactersAtOnce;
  let tokens = 0;
  let characters = 0;
  for (let start = 0; start < text.length; start += step) {
    const slice = text.slice(start, start + charactersAtOnce);
    tokens += countText(slice);
    characters += slice.length;
    await setImmediate();
  }
  return isSampled ? Math.ceil((tokens / characters) * text.length) : tokens;
}
