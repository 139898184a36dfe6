import { createHash } from 'node:crypto';
import { wordlist as chinese } from '@scure/bip39/wordlists/simplified-chinese.js';
import { wordlist as english } from '@scure/bip39/wordlists/english.js';
import type { FoundText } from './found-text.ts';

type Word = { value: number; start: number; end: number };

const lists = [
  { pattern: /[a-z]+/gi, numbers: toNumbers(english) },
  { pattern: /\p{Script=Han}/gu, numbers: toNumbers(chinese) },
];
/** What may stand between two words: spaces, line ends, the numbers of a list, quotes. */
const separator = /^[\s\d.,;:()[\]{}"'“”‘’|*_`#/、，。-]{1,10}$/;
const lengths = [24, 21, 18, 15, 12];
const mostWords = 24;
const bitsOfWord = 11;
/** A text with more candidates than this is a list of such words, or wants to keep us busy. */
const mostChecks = 4_000;
const longestTail = 600;

/** Finds seed phrases (BIP-39, English and simplified Chinese) whose check bits are right. */
export function findSeedPhrases(text: string): FoundText[] {
  let checks = 0;
  const found: FoundText[] = [];
  for (const run of findRuns(text)) {
    for (let from = 0; from + 12 <= run.length;) {
      const length = lengths.find((length) => {
        if (from + length > run.length) return false;
        checks += 1;
        return checks > mostChecks || hasRightCheck(run.slice(from, from + length));
      });
      const last = length === undefined ? undefined : run[from + length - 1];
      if (length !== undefined && last !== undefined)
        found.push({ start: run[from]?.start ?? 0, end: last.end, what: 'seed-phrase' });
      from += length ?? 1;
    }
  }
  return found;
}

/** Where the words at the end of a text begin that may be the beginning of a phrase. */
export function findOpenPhrase(text: string): number {
  const offset = Math.max(0, text.length - longestTail);
  const tail = text.slice(offset);
  // The last word may not be whole yet; what is before it counts.
  const whole = tail.replace(/[a-z]*$/i, '');
  const open = findRuns(whole)
    .filter((run) => isBetween(whole.slice(run.at(-1)?.end)))
    .map((run) => run[Math.max(0, run.length - mostWords)]?.start ?? whole.length);
  return offset + Math.min(whole.length, ...open);
}

const isBetween = (text: string) => text === '' || separator.test(text);

/** Runs of neighbouring words that are all in one list. */
function findRuns(text: string): Word[][] {
  return lists.flatMap(({ pattern, numbers }) => {
    const runs: Word[][] = [];
    let run: Word[] = [];
    for (const match of text.matchAll(pattern)) {
      const [word] = match;
      const value = numbers.get(word.toLowerCase());
      const before = run.at(-1);
      if (
        before !== undefined &&
        (value === undefined || !separator.test(text.slice(before.end, match.index).slice(0, 11)))
      ) {
        runs.push(run);
        run = [];
      }
      if (value !== undefined) run.push({ value, start: match.index, end: match.index + word.length });
    }
    return [...runs, run].filter(({ length }) => length > 0);
  });
}

function hasRightCheck(words: Word[]): boolean {
  const bits = words.map(({ value }) => value.toString(2).padStart(bitsOfWord, '0')).join('');
  const checkLength = bits.length / 33;
  const entropy = bits.slice(0, bits.length - checkLength);
  const bytes = Uint8Array.from(entropy.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
  const first = createHash('sha256').update(bytes).digest()[0] ?? 0;
  return first.toString(2).padStart(8, '0').slice(0, checkLength) === bits.slice(-checkLength);
}

function toNumbers(words: string[]): Map<string, number> {
  return new Map(words.map((word, place) => [word.normalize('NFKC'), place]));
}
