import type { RawLog } from './raw-block.ts';

/** A row of a table, in the order of its columns; times are microseconds, dates are made by SQL. */
export type IndexRow = (string | number | bigint | boolean | null)[];
/** Adds a row to a table. */
export type AddRow = (table: string, row: IndexRow) => void;

const mostHuge = 2n ** 127n - 1n;

/** Keccak-256 of the signatures beside them. */
const topics = {
  // Transfer(address,address,uint256)
  transfer: '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef',
  // Approval(address,address,uint256)
  approval: '0x8c5be1e5ebec7d5bd14f71427d1e84f3dd0314c0f7b2291e5b200ac8c7c3b925',
  // ApprovalForAll(address,address,bool)
  approvalForAll: '0x17307eab39ab6107e8899845ad3d59bd9653f200f220920489ca2b5937696c31',
  // TransferSingle(address,address,address,uint256,uint256)
  transferSingle: '0xc3d58168c5ae7397731d063d5bbf3d657854427343f4c083240f7aacaa2d0f62',
  // TransferBatch(address,address,address,uint256[],uint256[])
  transferBatch: '0x4a39dc06d4c0dbc64b70af90fd698a233a518aa5d07e595d983b8c0526c8f7fb',
  // Swap(address,uint256,uint256,uint256,uint256,address)
  swapV2: '0xd78ad95fa46c994b6551d0da85fc275fe613ce37657fb8d5e3d130840159d822',
  // Swap(address,address,int256,int256,uint160,uint128,int24)
  swapV3: '0xc42079f94a6350d7e6235f29174924f928cc2ac818eb64fed8004e115fbcca67',
  // Sync(uint112,uint112)
  sync: '0x1c411e9a96e071241c2f21f7726b17ae89e3cab4c78be50e062b03a9fffbbad1',
  // AnswerUpdated(int256,uint256,uint256)
  answer: '0x0559884fd3a460db3073b7fc896cc77986f16e378210ded43186175bf646fc5f',
};

/** What is known of a contract beside its events. */
export type ContractFacts = {
  standard: 'erc20' | 'erc721' | 'pool' | 'feed' | null;
  symbol: string | null;
  name: string | null;
  decimals: number | null;
  /** Of a pool. */
  token0: string | null;
  token1: string | null;
};
export type FindFacts = (address: string) => ContractFacts | undefined;

/** What must be known of a log's contract before it can be decoded. */
export function toWantedFacts({
  topics: [topic, ...indexed],
  address,
}: RawLog): { address: string; kind: 'token' | 'pool' | 'feed' } | null {
  if (topic === topics.transfer && indexed.length >= 2) return { address, kind: 'token' };
  if (topic === topics.swapV2 || topic === topics.swapV3 || topic === topics.sync) return { address, kind: 'pool' };
  if (topic === topics.answer) return { address, kind: 'feed' };
  return null;
}

const toAddress = (word: string) => `0x${word.slice(-40)}`;
const wordAt = (data: string, index: number): string => {
  const word = data.slice(2 + index * 64, 66 + index * 64);
  if (word.length < 64) throw new RangeError('The data ends early.');
  return word;
};
const toNumber = (word: string) => BigInt(word.startsWith('0x') ? word : `0x${word}`);
const toSigned = (word: string) => BigInt.asIntN(256, toNumber(word));
const numberAt = (data: string, index: number) => toNumber(wordAt(data, index));

/** An amount as two columns: the number, or its text where the column cannot hold it. */
const toAmount = (amount: bigint): [bigint | null, string | null] =>
  amount <= mostHuge ? [amount, null] : [null, amount.toString()];
const toHuge = (amount: bigint) => (amount <= mostHuge && amount >= -mostHuge ? amount : null);

/** Adds what a log says to the tables of its kind; a log that only looks like one of them adds nothing. */
export function decodeLog(log: RawLog, place: IndexRow, { add, find }: { add: AddRow; find: FindFacts }): void {
  try {
    decode(log, place, { add, find });
  } catch (thrown) {
    if (!(thrown instanceof RangeError || thrown instanceof SyntaxError)) throw thrown;
  }
}

function decode(log: RawLog, place: IndexRow, tables: { add: AddRow; find: FindFacts }): void {
  const [topic = '', first = '', second = '', third = ''] = log.topics;
  const { data } = log;
  const { add } = tables;
  const indexed = log.topics.length - 1;
  switch (topic) {
    case topics.transfer:
      if (indexed === 2) {
        add('erc20_transfers', [...place, toAddress(first), toAddress(second), ...toAmount(numberAt(data, 0))]);
      } else if (indexed === 3) {
        add('erc721_transfers', [...place, toAddress(first), toAddress(second), toNumber(third).toString()]);
      }
      return;
    case topics.approval:
      if (indexed === 2) {
        const amount = toAmount(numberAt(data, 0));
        add('approvals', [...place, 'erc20', toAddress(first), toAddress(second), ...amount, null, null]);
      } else if (indexed === 3) {
        const id = toNumber(third).toString();
        add('approvals', [...place, 'erc721', toAddress(first), toAddress(second), null, null, id, null]);
      }
      return;
    case topics.approvalForAll: {
      if (indexed !== 2) return;
      const approved = numberAt(data, 0) === 1n;
      add('approvals', [...place, 'all', toAddress(first), toAddress(second), null, null, null, approved]);
      return;
    }
    case topics.transferSingle: {
      if (indexed !== 3) return;
      const people = [first, second, third].map(toAddress);
      add('erc1155_transfers', [...place, 0, ...people, numberAt(data, 0).toString(), ...toAmount(numberAt(data, 1))]);
      return;
    }
    case topics.transferBatch:
      if (indexed === 3) decodeBatch(data, [first, second, third].map(toAddress), place, add);
      return;
    case topics.swapV2:
    case topics.swapV3:
    case topics.sync:
    case topics.answer:
      decodeMarket(log, place, tables);
  }
}

function decodeBatch(data: string, people: string[], place: IndexRow, add: AddRow): void {
  const [ids, amounts] = [0, 1].map((index) => {
    const start = Number(numberAt(data, index)) / 32;
    const length = Number(numberAt(data, start));
    if (length > data.length / 64) throw new RangeError('The list is longer than the data.');
    return Array.from({ length }, (_, at) => numberAt(data, start + 1 + at));
  });
  for (const [index, id] of (ids ?? []).entries()) {
    add('erc1155_transfers', [...place, index, ...people, id.toString(), ...toAmount(amounts?.[index] ?? 0n)]);
  }
}

const scale = 18n;
const mostPrice = 10n ** 38n - 1n;
/** As `DECIMAL(38,18)` counts; null where it does not fit. */
const toPrice = (above: bigint, below: bigint) => {
  if (below === 0n) return null;
  const price = above / below;
  return price > mostPrice || price < -mostPrice ? null : price;
};

function decodeMarket(
  { topics: [topic, first = '', second = ''], data, address }: RawLog,
  place: IndexRow,
  { add, find }: { add: AddRow; find: FindFacts },
): void {
  const facts = find(address.toLowerCase());
  if (topic === topics.answer) {
    const answer = toSigned(first);
    const decimals = facts?.decimals ?? null;
    const price = decimals === null ? null : toPrice(answer * 10n ** scale, 10n ** BigInt(decimals));
    add('prices', [...place, 'feed', facts?.name ?? null, null, price, toHuge(answer), decimals]);
    return;
  }
  const { token0 = null, token1 = null } = facts ?? {};
  const by = (token: string | null) => 10n ** BigInt((token === null ? null : find(token)?.decimals) ?? 0);
  const addPrice = (source: string, above: bigint, below: bigint) => {
    if (token0 === null || token1 === null) return;
    const price = toPrice(above * by(token0) * 10n ** scale, below * by(token1));
    add('prices', [...place, source, token0, token1, price, null, null]);
  };
  const addSwap = (version: string, people: [string, string], amounts: [bigint, bigint]) => {
    const [amount0, amount1] = amounts;
    const isFirstSold = amount0 > 0n;
    const sold = isFirstSold ? amount0 : amount1;
    const bought = isFirstSold ? -amount1 : -amount0;
    const tokens = isFirstSold ? [token0, token1] : [token1, token0];
    add('swaps', [
      ...place,
      version,
      ...people.map(toAddress),
      tokens[0] ?? null,
      toHuge(sold),
      tokens[1] ?? null,
      toHuge(bought),
    ]);
  };
  if (topic === topics.sync) return addPrice('pool-v2', numberAt(data, 1), numberAt(data, 0));
  if (topic === topics.swapV2) {
    const amounts = [0, 1].map((index) => numberAt(data, index) - numberAt(data, index + 2)) as [bigint, bigint];
    return addSwap('uniswap-v2', [first, second], amounts);
  }
  const root = numberAt(data, 2);
  addPrice('pool-v3', root * root, 2n ** 192n);
  addSwap('uniswap-v3', [first, second], [toSigned(wordAt(data, 0)), toSigned(wordAt(data, 1))]);
}
