import { dropHidden, type FoundKind } from './found.ts';
import type { Ask } from './split-asks.ts';
import { readFlow } from './sql-amounts.ts';
import { compares } from './sql-conditions.ts';
import type { SqlTable } from './sql-schema.ts';
import { boundsTotals, dropBounds, readSqlWish, type SqlWish } from './sql-wishes.ts';

const ownTable = 'erc20_transfers';
const moves =
  /\b(?:transfers?|transferred|payments?|paid|mint(?:ed|s)?|burn(?:ed|t|s)?|moved?|moving|sen[dt]|senders?|receiv\w+|recipients?|(?:in|out)flows?|volume)\b|转账|转移|转出|转入|转过|转了|转给|收到|收款|收了|收的|发出|发送|接收|流入|流出|付出|付款|交易量|成交量|流量|转账[量额]|增发|铸造|销毁/i;
const elsewhere =
  /\b(?:pools?|liquidity|swaps?|swapped|traded|approv\w+|holders?|prices?|balances?|supply)\b|资金池|池子|流动性|兑换|授权|持有|价格|币价|余额|供应/i;
const people =
  /\b(?:who|whom|address(?:es)?|wallets?|accounts?|senders?|receivers?|recipients?)\b|谁|地址|钱包|账户|接收方|接收者|发送方|发送者|收款[人方]|付款[人方]/i;
const several = /\b(?:addresses|wallets|accounts|senders|receivers|recipients)\b|哪些|名单|排行|排名/i;
const received = /\b(?:receiv\w+|got|recipients?|inflows?|incoming)\b|收到|收款|收了|收的|转入|流入|接收/i;
const most = /\b(?:most|least|largest|biggest|highest|top|smallest)\b|最[多大高少小]|前\s*[\d一二两三四五六七八九十]/i;
const often =
  /\b(?:number of|how often|most often|most (?:\w+ )?(?:transfers|payments)|frequent\w*)\b|次数|笔数|最频繁|[多几]少?[次笔]/i;
const largest =
  /\b(?:largest|biggest|highest)\s+(?:\d+\s+|\w+\s+)?(?:token\s+)?(?:transfers|payments|movements)\b|(?:最大|大额|巨额)的?\s*\S{0,6}(?:转账|转移)/i;
const listed = /\b(?:transfers|payments)\b|转账|转移/i;
/** Whose movements, or what else is asked about: then it is not about all of a token's. */
const others = new Set<FoundKind>([
  'address',
  'ens-name',
  'hash',
  'block',
  'from-block',
  'to-block',
  'token-id',
  'event',
  'function',
  'table',
  'json',
  'code',
]);
const listing = new Set<SqlWish['shape']>(['plain', 'values', 'rows', 'latest']);
const mostListed = 1000;
const usualRanks = 10;

const anything: SqlWish = {
  measure: null,
  unit: null,
  cycle: null,
  groupText: '',
  top: null,
  rows: 20,
  isAscending: false,
  whichText: '',
  subjectText: '',
  isSelling: false,
  shape: 'latest',
  window: 7,
  isOfTotals: false,
  isOfHolders: false,
  whoText: '',
};

/** Whether an ask is about all the transfers of a token, whoever made them. */
export function isOfTransfers({ words, found }: Ask): boolean {
  const text = dropHidden(words);
  const named = found.filter(({ kind, value }) => kind === 'table-name' && String(value as string).includes('.'));
  const isNamed = found.some(({ kind }) => kind === 'token');
  const isOfLargest = found.some(({ kind }) => kind === 'chain') && largest.test(text);
  return (
    (isNamed || isOfLargest) &&
    !found.some(({ kind }) => others.has(kind)) &&
    named.every(({ value }) => String(value as string).endsWith(`.${ownTable}`)) &&
    moves.test(text) &&
    !elsewhere.test(text)
  );
}

/** What is asked of all the transfers of a token: who had most of them, those of a size, how much there was; or null. */
export function readTransferWish(ask: Ask): SqlWish | null {
  if (!isOfTransfers(ask)) return null;
  const text = dropHidden(ask.words);
  const wish = readSqlWish(ask);
  const isRanked = people.test(text) && most.test(dropBounds(text));
  const isOfPeople = wish?.shape === 'new' || wish?.shape === 'active' || wish?.shape === 'share';
  if (wish !== null && (wish.measure === 'distinct' || isOfPeople || (wish.unit !== null && !isRanked)))
    return ofHolders(wish);
  if (people.test(text) && boundsTotals(text)) {
    return {
      ...anything,
      shape: 'plain',
      isOfHolders: true,
      isOfTotals: true,
      measure: 'sum',
      whichText: received.test(text) ? 'receiver' : 'sender',
    };
  }
  if (isRanked) {
    return {
      ...(wish ?? anything),
      shape: 'plain',
      isOfHolders: true,
      measure: often.test(text) ? 'count' : 'sum',
      whichText: received.test(text) ? 'receiver' : 'sender',
      top: wish?.top ?? (several.test(text) ? usualRanks : 1),
    };
  }
  const isList = wish === null || (wish.measure === null && wish.top === null && listing.has(wish.shape));
  if (isList && compares(text)) return { ...anything, rows: mostListed };
  if (wish === null && /\bwhales?\b|大户|巨鲸/i.test(text))
    return { ...anything, shape: 'plain', measure: 'max', top: usualRanks };
  // "How much" of what was made or destroyed is a sum, in whatever words.
  if (
    (wish === null || wish.measure === null) &&
    readFlow(text) !== null &&
    /\bhow (?:much|many)\b|\bwhat\b|多少/i.test(text)
  )
    return { ...(wish ?? anything), shape: 'plain', measure: 'sum' };
  return wish === null ? (listed.test(text) ? anything : null) : ofHolders(wish);
}

/** Amounts are what went from holder to holder; how many transfers there were counts all events. */
const ofHolders = (wish: SqlWish): SqlWish => ({
  ...wish,
  isOfHolders: wish.measure !== null && wish.measure !== 'count' && wish.measure !== 'distinct',
});

const isTransferTable = ({ name }: SqlTable) => name.endsWith(`.${ownTable}`);

/** The table with the transfers of the chain that is meant; null where it is not indexed, or no chain is said. */
export function findTransferTable(tables: SqlTable[], { found }: Ask): SqlTable | null {
  const valueOf = (wanted: FoundKind) => {
    const value = found.find(({ kind }) => kind === wanted)?.value;
    return typeof value === 'string' ? value : '';
  };
  const wanted = [valueOf('table-name'), `${valueOf('chain').replaceAll('-', '_')}.${ownTable}`];
  return tables.filter(isTransferTable).find(({ name }) => wanted.includes(name)) ?? null;
}

export const listTransferTables = (tables: SqlTable[]): string[] =>
  tables.filter(isTransferTable).map(({ name }) => name);
