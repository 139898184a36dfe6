import { createTailFinder, findMatches, type Detector, type FoundText } from './found-text.ts';
import { findOpenPhrase, findSeedPhrases } from './seed-phrases.ts';

/** Keys whose shape their maker has published, or that are known from their own prefix. */
const apiKeys = [
  /(?<![\w-])sk-(?:ant-|proj-|or-v1-|svcacct-)?[\w-]{20,250}/g,
  /(?<![\w-])(?:gh[oprsu]_[A-Za-z0-9]{36,255}|github_pat_\w{22,255}|glpat-[\w-]{20,255})/g,
  /(?<![A-Za-z0-9])(?:AKIA|ASIA)[0-9A-Z]{16}(?![0-9A-Za-z])/g,
  /(?<![\w-])AIza[\w-]{35}/g,
  /(?<![\w-])xox[abeoprs]-[A-Za-z0-9-]{10,250}/g,
  /(?<![\w-])(?:[rs]k_(?:live|test)|whsec)_[A-Za-z0-9]{16,250}/g,
  /(?<![\w-])SG\.[\w-]{16,64}\.[\w-]{16,64}/g,
  /(?<![\w-])(?:npm_[A-Za-z0-9]{36}|hf_[A-Za-z0-9]{30,64}|gsk_[A-Za-z0-9]{40,80}|xai-[A-Za-z0-9]{40,120}|pypi-[\w-]{40,250}|dop_v1_[0-9a-f]{64})/g,
  /(?<![\w-])(?:atr_[0-9A-Za-z]{40,80}|whs_[\w-]{30,100})/g,
  /(?<![\w:-])\d{8,10}:AA[\w-]{33}(?![\w-])/g,
];
const jsonWebToken = /(?<![\w-])eyJ[\w-]{8,2048}\.eyJ[\w-]{8,4096}\.[\w-]{16,700}/g;
const extendedKey = /(?<![A-Za-z0-9])[xyzt]prv[1-9A-HJ-NP-Za-km-z]{100,112}(?![A-Za-z0-9])/g;
const ageKey = /(?<![\w-])AGE-SECRET-KEY-1[0-9A-Z]{50,70}/g;
const keyBegin = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const keyEnd = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
const hexKey = /(?<![0-9A-Za-z])(?:0[xX])?[0-9a-fA-F]{64}(?![0-9A-Za-z])/g;

/** A number of 32 bytes is a hash more often than a key: the words beside it tell. */
const sayKey =
  /(?:private|secret|signing|spending|deployer|wallet)[\s_-]{0,3}key|priv[_-]?key|secret|mnemonic|私钥|私鑰|密钥|秘钥|助记词/gi;
const sayOther =
  /\b(?:tx|txid|hash|transaction|block|root|signature|topic|id)\b|public[\s_-]{0,3}key|address|交易|哈希|公钥|区块|签名|地址/gi;
const reachBefore = 80;
const reachAfter = 60;

const longestPem = 16_384;
const findToken = createTailFinder(/[\w.:+/=-]/, 7_000);

/** Finds API keys of known shapes, private keys, seed phrases and signed tokens. */
export function createSecretDetector(): Detector {
  return {
    find: (text) => [
      ...apiKeys.flatMap((pattern) => findMatches(text, pattern, 'api-key')),
      ...findMatches(text, jsonWebToken, 'token'),
      ...findMatches(text, extendedKey, 'private-key'),
      ...findMatches(text, ageKey, 'private-key'),
      ...findPemKeys(text),
      ...findMatches(text, hexKey, 'private-key', (key, at) => isCalledKey(text, at, at + key.length)),
      ...findSeedPhrases(text),
    ],
    findOpen: (text) => Math.min(findToken(text), findOpenPem(text), findOpenHex(text), findOpenPhrase(text)),
  };
}

/** From the first line to the last one, or as far as there is any. */
function findPemKeys(text: string): FoundText[] {
  return findMatches(text, keyBegin, 'private-key').map(({ start, what }) => {
    const body = text.slice(start, start + longestPem);
    const close = keyEnd.exec(body);
    return { start, end: start + (close === null ? body.length : close.index + close[0].length), what };
  });
}

function findOpenPem(text: string): number {
  const begin = text.lastIndexOf('-----BEGIN ');
  if (begin === -1 || text.length - begin > longestPem) return text.length;
  const body = text.slice(begin);
  const isOther = body.length > 80 && body.search(keyBegin) !== 0;
  return isOther || keyEnd.test(body) ? text.length : begin;
}

function isCalledKey(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - reachBefore), start);
  const after = text.slice(end, end + reachAfter);
  const key = lastPlace(before, sayKey);
  const other = lastPlace(before, sayOther);
  if (key !== -1 || other !== -1) return key > other;
  const next = after.search(sayKey);
  const otherNext = after.search(sayOther);
  return next !== -1 && (otherNext === -1 || next < otherNext);
}

/** The words behind a number may call it a key. */
function findOpenHex(text: string): number {
  const offset = Math.max(0, text.length - 66 - reachAfter);
  const place = text.slice(offset).search(hexKey);
  return place === -1 ? text.length : offset + place;
}

function lastPlace(text: string, pattern: RegExp): number {
  let place = -1;
  for (const match of text.matchAll(pattern)) place = match.index + match[0].length;
  return place;
}
