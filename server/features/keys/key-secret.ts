import { createHash, randomInt } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const secretLength = 43;
const shownLength = 12;

/** A new key: `atr_` and 43 characters of base 62 (256 bits). Only its hash and its first characters are stored. */
export function createKeySecret(): { key: string; hash: string; prefix: string } {
  const secret = Array.from({ length: secretLength }, () => alphabet[randomInt(alphabet.length)]).join('');
  const key = `atr_${secret}`;
  return { key, hash: hashKey(key), prefix: key.slice(0, shownLength) };
}

export function isKey(text: string): boolean {
  return /^atr_[0-9A-Za-z]{40,80}$/.test(text);
}

export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
