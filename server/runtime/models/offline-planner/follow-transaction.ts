import { isObject } from '#server/contract/is-object.ts';
import type { JsonObject } from '#server/contract/json.ts';
import { dropHidden } from './found.ts';
import { readMembers } from './read-members.ts';
import type { MadeCall } from './read-turn.ts';
import { readSmallNumber } from './small-numbers.ts';
import type { Ask } from './split-asks.ts';

const ofOne =
  /\b(newest|latest|last|most recent|previous|first|second|third)\s+(?:\w+\s+)?(?:transaction|tx|txn)\b|(最新|最近|最后|上)的?一?笔?的?交易|第([一二三四五六七八九十\d]+)笔交易/i;
const ordinals: Record<string, number> = { first: 0, second: 1, third: 2 };

/** Which of the listed transactions is asked about alone, as what is to be explained; null: the list is the answer. */
export function findFollowed(ask: Ask, { name, arguments: given, result }: MadeCall): JsonObject | null {
  if (name !== 'list-transactions' || result === null || result.isError) return null;
  const [whole, english, newest, ordinal] = ofOne.exec(dropHidden(ask.words)) ?? [];
  if (whole === undefined) return null;
  const listed = readMembers({ result })?.['transactions'];
  const rows = Array.isArray(listed) ? listed.filter(isObject) : [];
  const word = english?.toLowerCase();
  const isNewest = newest !== undefined || (word !== undefined && !(word in ordinals));
  const place = isNewest ? null : (ordinals[word ?? ''] ?? (readSmallNumber(ordinal ?? '') ?? 1) - 1);
  const isOfBlock = given['address'] === undefined;
  // Of an address the newest comes first; what is its first one is not in a list of the newest.
  if (!isOfBlock && place !== null) return null;
  const row = place === null ? (isOfBlock ? rows.at(-1) : rows[0]) : rows[place];
  const { chain } = given;
  return typeof row?.['hash'] === 'string' ? { ...(chain === undefined ? {} : { chain }), hash: row['hash'] } : null;
}
