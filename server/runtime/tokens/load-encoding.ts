import { setImmediate } from 'node:timers/promises';

export type EncodingName = 'o200k_base' | 'cl100k_base';

/** A tokenizer: how text is cut into pieces, and the rank of each token, written with one character a byte. */
export type Encoding = { pieces: RegExp; ranks: ReadonlyMap<string, number> };

const tokensAtOnce = 4000;
const loaded = new Map<EncodingName, Promise<Encoding>>();

/** One of OpenAI's tokenizers; read when first asked for, a bit at a time, and kept: 17 MB. */
export function loadEncoding(name: EncodingName): Promise<Encoding> {
  const found = loaded.get(name);
  if (found !== undefined) return found;
  const made = load(name);
  loaded.set(name, made);
  made.catch(() => loaded.delete(name));
  return made;
}

async function load(name: EncodingName): Promise<Encoding> {
  const { default: source } =
    name === 'o200k_base'
      ? await import('js-tiktoken/ranks/o200k_base')
      : await import('js-tiktoken/ranks/cl100k_base');
  const ranks = new Map<string, number>();
  for (const token of readTokens(source.bpe_ranks)) {
    ranks.set(Buffer.from(token.base64, 'base64').toString('latin1'), token.rank);
    if (ranks.size % tokensAtOnce === 0) await setImmediate();
  }
  return { pieces: new RegExp(source.pat_str, 'gu'), ranks };
}

/** A line is a mark, the rank of its first token, and its tokens in the order of their ranks. */
function* readTokens(lines: string): Generator<{ base64: string; rank: number }> {
  for (const line of lines.split('\n')) {
    const words = readWords(line);
    words.next();
    let rank = Number(words.next().value);
    for (const base64 of words) yield { base64, rank: rank++ };
  }
}

/** `split` would make all two hundred thousand at once, and the hub stand still meanwhile. */
function* readWords(line: string): Generator<string, undefined> {
  for (let start = 0; start < line.length;) {
    const end = line.indexOf(' ', start);
    yield line.slice(start, end === -1 ? line.length : end);
    if (end === -1) return;
    start = end + 1;
  }
}
