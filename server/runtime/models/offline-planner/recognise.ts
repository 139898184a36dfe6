import { keccak_256 } from '@noble/hashes/sha3.js';
import type { JsonValue } from '#server/contract/json.ts';
import { findAttachedFiles } from '#server/runtime/attached-file.ts';
import { dropHidden, findAll, hide, type Found, type Table } from './found.ts';
import { findExplorerChain, recogniseChains, recogniseChartKinds, recogniseTokens } from './known-names.ts';
import { recogniseArithmetic } from './recognise-arithmetic.ts';
import { recogniseChainWords } from './recognise-chain-words.ts';
import { recogniseDevnetContracts } from './devnet-names.ts';
import { recogniseDataNames } from './recognise-data-names.ts';
import { recogniseSolidity } from './recognise-solidity.ts';
import {
  findNumberLists,
  recogniseMarkdownTables,
  recognisePairs,
  recogniseTables,
  toTableOfRecords,
} from './recognise-tables.ts';
import { recogniseSpans } from './recognise-spans.ts';
import { recogniseDates, recogniseDurations, recogniseTimeZones } from './recognise-times.ts';

const longestTextRead = 200_000;
const longestWordsRead = 4_000;
const mostJsonStarts = 50;
const deepestJson = 64;

/** Whether the letters' case of an address agrees with its checksum, where it has one (EIP-55). */
export function hasRightChecksum(address: string): boolean {
  const digits = address.slice(2);
  if (digits === digits.toLowerCase() || digits === digits.toUpperCase()) return true;
  const hash = Buffer.from(keccak_256(Buffer.from(digits.toLowerCase()))).toString('hex');
  return [...digits].every(
    (digit, index) =>
      digit === (Number.parseInt(hash[index] ?? '0', 16) >= 8 ? digit.toUpperCase() : digit.toLowerCase()),
  );
}

/** A part between two marks, found by searching for them, because a pattern over both takes quadratic time. */
type Enclosed = { head: string; body: string; start: number; end: number };

const longestHead = 300;

function findEnclosed(text: string, { open, endOfHead, close }: { open: string; endOfHead: string; close: string }) {
  const found: Enclosed[] = [];
  for (let at = 0; ;) {
    const start = text.indexOf(open, at);
    const head = start === -1 ? -1 : text.indexOf(endOfHead, start + open.length);
    const end = head === -1 ? -1 : text.indexOf(close, head + endOfHead.length - 1);
    if (end === -1) return found;
    found.push({
      head: text.slice(start + open.length, Math.min(head, start + longestHead)),
      body: text.slice(head + endOfHead.length, Math.max(end, head + endOfHead.length)),
      start,
      end: end + close.length,
    });
    at = end + close.length;
  }
}

function toFence({ head, body, start, end }: Enclosed): Found {
  const language = /^[\w+#-]*/.exec(head)?.[0] ?? '';
  const place = { text: body, start, end };
  const json = recogniseJson(body.trim())[0];
  if (json !== undefined && /^(?:json)?$/i.test(language)) return { ...json, ...place };
  const table = /^(?:csv|tsv|md|markdown|text|txt)?$/i.test(language) ? recogniseTables(body)[0] : undefined;
  return table === undefined ? { kind: 'code', value: body, language, ...place } : { ...table, ...place };
}

function recogniseFences(text: string): Found[] {
  return findEnclosed(text, { open: '```', endOfHead: '\n', close: '```' }).map(toFence);
}

/** Text files that came along with the message. */
function recogniseFiles(text: string): Found[] {
  return findAttachedFiles(text).map(({ name, text: body, start, end }): Found => {
    const place = { text: body, start, end, name };
    const json = recogniseJson(body.trim())[0];
    if (/\.json$/i.test(name) && json !== undefined) return { ...json, ...place };
    const table = /\.(?:csv|tsv|md)$/i.test(name) ? recogniseTables(body)[0] : undefined;
    return table === undefined ? { kind: 'document', value: body, ...place } : { ...table, ...place };
  });
}

/** The end of the JSON value that starts with the bracket at `start`, or -1. */
function findJsonEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start, quoted = false; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (quoted && sign === '\\') at += 1;
    else if (sign === '"') quoted = !quoted;
    else if (!quoted && '[{'.includes(sign)) depth += 1;
    else if (!quoted && ']}'.includes(sign) && --depth === 0) return at + 1;
    if (depth > deepestJson) return -1;
  }
  return -1;
}

function recogniseJson(text: string): Found[] {
  const found: Found[] = [];
  for (const start of [...text.matchAll(/[[{]\s{0,20}["[{\d\]}tfn-]/g)]
    .slice(0, mostJsonStarts)
    .map((match) => match.index)) {
    if (found.some((other) => start < other.end)) continue;
    const end = findJsonEnd(text, start);
    if (end === -1) break;
    const written = text.slice(start, end);
    const parsed = parseJson(written);
    if (parsed === undefined) continue;
    const table: Table | null = toTableOfRecords(parsed);
    found.push({ kind: table === null ? 'json' : 'table', text: written, value: table ?? parsed, start, end });
  }
  return found;
}

/** The JSON value that a text writes, or undefined. */
export function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function recogniseUrls(text: string): Found[] {
  const trim = (url: string) => url.replace(/[.,;:!?'")\]}>，。；！？）】]+$/u, '');
  return [...text.matchAll(/https?:\/\/[^\s<>"'`，。；！？、（）【】\p{Script=Han}\uFFFC]{1,2000}/giu)].flatMap(
    (match) => {
      const url = trim(match[0]);
      const place = { text: url, start: match.index, end: match.index + url.length };
      if (!URL.canParse(url)) return [];
      const chain = findExplorerChain(url);
      if (chain === null) return [{ kind: 'url', value: url, ...place }];
      const inside = recogniseHex(url).map((item) => ({ ...item, ...place }));
      return [
        { kind: 'url', value: url, ...place, weak: inside.length > 0 },
        ...inside,
        { kind: 'chain', value: chain, ...place },
      ];
    },
  );
}

function recogniseHex(text: string): Found[] {
  const hashes = findAll(text, /(?<![\da-z])0x[\da-f]{64}(?![\da-z])/gi, 'hash');
  const addresses = findAll(text, /(?<![\da-z])0x[\da-f]{40}(?![\da-z])/gi, 'address').map((found): Found =>
    hasRightChecksum(found.text) ? found : { ...found, fault: 'checksum' },
  );
  return [...hashes, ...addresses];
}

function recogniseQuotes(text: string): Found[] {
  return findAll(
    text,
    /"([^"\n]{1,500})"|“([^”\n]{1,500})”|「([^」\n]{1,500})」|《([^》\n]{1,500})》|(?<![\p{L}\d])'([^'\n]{1,300})'(?![\p{L}\d])|`([^`\n]{1,500})`/gu,
    'quoted',
    (match) => match.slice(1).find((inner) => inner !== undefined) ?? null,
  );
}

/** What is written as data and not as words: fences, tables, JSON, links, chain values, quotes. */
export function recogniseBlocks(text: string): Found[] {
  const found = recogniseFiles(text);
  let left = hide(text, found);
  if (dropHidden(left).length > longestTextRead) left = left.slice(0, longestTextRead);
  for (const find of [
    recogniseFences,
    recogniseSolidity,
    recogniseMarkdownTables,
    recogniseJson,
    recogniseTables,
    recogniseUrls,
    recogniseHex,
    findNumberLists,
    recogniseQuotes,
  ]) {
    const more = find(left);
    found.push(...more);
    left = hide(left, more);
  }
  const emails = findAll(left, /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b/g, 'email');
  const names = findAll(
    hide(left, emails),
    /(?<![\w.-])(?:[a-z\d-]+\.)+(?:eth|test)\b(?!\.\w)/gi,
    'ens-name',
    ([name]) => name.toLowerCase(),
  );
  return [...found, ...emails, ...names];
}

/** What the words of one ask hold; blocks are blanked out before. `start` is where the ask starts in the whole text. */
export function recogniseWords(spoken: string, start: number, now: Date): Found[] {
  const words = spoken.slice(0, longestWordsRead);
  const ofChains = recogniseChainWords(words);
  const withSpans = hide(words, ofChains);
  const spans = recogniseSpans(withSpans, now);
  const others = hide(withSpans, spans);
  const dates = recogniseDates(others, now);
  const named = recogniseTimeZones(hide(others, dates));
  const durations = recogniseDurations(hide(others, [...dates, ...named]));
  const pairs = recognisePairs(hide(others, [...dates, ...durations]));
  // A city with a figure beside it is a label, not where a clock is asked for.
  const zones = named.filter(({ start: from, end: to }) => !pairs.some((pair) => from < pair.end && pair.start < to));
  const left = hide(others, [...dates, ...durations, ...zones]);
  const expressions = pairs.length > 0 ? [] : recogniseArithmetic(left);
  const numbers = findAll(
    hide(left, [...pairs, ...expressions]),
    /(?<![\p{L}\d.])-?\d[\d,]*(?:\.\d+)?(?![\d.]*\d)/gu,
    'number',
    ([number]) => Number(number.replaceAll(',', '')),
  );
  return [
    ...spans,
    ...dates,
    ...durations,
    ...zones,
    ...pairs,
    ...expressions,
    ...numbers,
    ...ofChains,
    ...recogniseDevnetContracts(words),
    ...recogniseDataNames(words),
    ...recogniseChains(words),
    ...recogniseTokens(words),
    ...recogniseChartKinds(words),
  ]
    .map((found) => ({ ...found, start: found.start + start, end: found.end + start }))
    .sort((one, other) => one.start - other.start);
}
