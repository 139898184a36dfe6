import {
  type Address,
  getAddress,
  hexToBigInt,
  hexToNumber,
  padHex,
  type RpcLog,
  toEventSelector,
  toEventSignature,
} from 'viem';
import type { ExactAmount, Happening, HappeningWish } from '#server/contract/chain-readings.ts';
import { compareDecimals, getDecimal } from '#server/contract/exact-decimal.ts';
import type { JsonObject } from '#server/contract/json.ts';
import { HubError } from '#server/hub-error.ts';
import { toChainBlock } from './chain-block.ts';
import type { ChainContext, ReadChain } from './chain-context.ts';
import { toInputError } from './chain-errors.ts';
import { decodeLog, findEvents, toTopics } from './event-forms.ts';
import { toExactAmount } from './exact-amount.ts';
import { listCoinTransfers } from './list-coin-transfers.ts';
import { type LogFilter, readLogs } from './read-logs.ts';
import { showValue } from './show-arguments.ts';
import { isOwnCoin, toTokenAddress } from './token-address.ts';
import { readTokenDetails, type TokenDetails } from './token-details.ts';

const transferEvent = toEventSelector('Transfer(address,address,uint256)');
/** Transfers of the chain's own coin are read from whole blocks where no RPC traces. */
const mostCoinBlocks = 100n;
/** More of them in one look are left for the next, at the end of a block. */
const mostAtOnce = 200;

type Found = Omit<Happening, 'block'> & { number: bigint; hash: string | null };
type Range = { from: bigint; to: bigint };
type Reading = { found: Found[]; name: string; through: bigint };

/**
 * What happened in a range that fits a wish, in the order of the chain, up to the last block that was read whole.
 *
 * @throws {HubError} `unavailable`, where the chain was reorganised meanwhile: what was read may be of two branches
 */
export const listHappenings: ReadChain<'happenings'> = async (context, { wish, fromBlock, toBlock }) => {
  const range = { from: BigInt(fromBlock), to: BigInt(toBlock) };
  const before = await context.readBlockNow(range.to);
  if (before === null) throw reorganised(context);
  const read =
    wish.kind === 'event' ? await readEvents(context, wish, range) : await readTransfers(context, wish, range);
  const { found, through } = cutAtBlock(read, mostAtOnce);
  const blocks = new Map(
    await Promise.all(
      [...new Set([...found.map(({ number }) => number), through])].map(
        async (number) => [number, await context.readBlockNow(number)] as const,
      ),
    ),
  );
  const after = await context.readBlockNow(range.to);
  const getBlock = (number: bigint, hash: string | null) => {
    const block = blocks.get(number) ?? null;
    if (block === null || (hash !== null && block.hash !== hash)) throw reorganised(context);
    return toChainBlock(context.chain, block);
  };
  if (after?.hash !== before.hash) throw reorganised(context);
  return {
    happenings: found.map(({ number, hash, ...happening }) => ({ ...happening, block: getBlock(number, hash) })),
    name: read.name,
    through: getBlock(through, null),
  };
};

const reorganised = ({ chain }: ChainContext) =>
  new HubError('unavailable', {
    en: `${chain.name} was reorganised while it was read. It is read again.`,
    zh: `读取时 ${chain.name} 发生了链重组，将重新读取。`,
  });

function cutAtBlock({ found, through }: Reading, most: number): { found: Found[]; through: bigint } {
  const last = found[most];
  if (last === undefined) return { found, through };
  const kept = found.filter(({ number }) => number < last.number);
  // A single block with more than that is taken whole.
  if (kept.length === 0) return { found: found.filter(({ number }) => number === last.number), through: last.number };
  return { found: kept, through: last.number - 1n };
}

type EventWish = Extract<HappeningWish, { kind: 'event' }>;

async function readEvents(context: ChainContext, wish: EventWish, { from, to }: Range): Promise<Reading> {
  const { chain } = context;
  const contract = wish.contract === null ? null : await context.resolve(wish.contract, 'contract');
  const events = await findEvents(context, { named: wish.event, contract, abi: wish.abi ?? undefined });
  const isIndexed = (name: string) =>
    events.some(({ inputs }) => inputs.some((input) => input.name === name && input.indexed === true));
  const named = events.flatMap(({ inputs }) => inputs.map(({ name = '' }) => name));
  const wanted = [...Object.keys(wish.where), ...(wish.amount === null ? [] : [wish.amount.argument])];
  const unknown = events.length === 0 ? wanted[0] : wanted.find((name) => !named.includes(name));
  if (unknown !== undefined) {
    throw toInputError('where', {
      en: `The event has no argument "${unknown.slice(0, 60)}". It has: ${[...new Set(named)].join(', ') || 'none that are known'}.`,
      zh: `该事件没有参数“${unknown.slice(0, 60)}”。已有：${[...new Set(named)].join('、') || '未知'}。`,
    });
  }
  const entries = Object.entries(wish.where);
  const topics = toTopics(events, Object.fromEntries(entries.filter(([name]) => isIndexed(name))));
  const others = Object.fromEntries(entries.filter(([name]) => !isIndexed(name)));
  const filters: LogFilter[] = [
    {
      ...(contract === null ? {} : { address: contract }),
      topics: topics.length === 0 ? [wish.event as `0x${string}`] : topics,
    },
  ];
  const { logs, missing } = await readLogs(context, { filters, from, to, oldestFirst: true });
  const found: Found[] = [];
  for (const log of logs) {
    const decoded = decodeLog(events, log);
    if (decoded === null && wanted.length > 0) continue;
    const given = decoded ?? [{ name: 'data', value: log.data }];
    if (!areEqual(given, others)) continue;
    const amount = wish.amount === null ? null : await readAmount(context, log, given, wish.amount);
    if (amount !== null && wish.amount !== null && !isAtLeast(amount, wish.amount.atLeast)) continue;
    if (amount === null && wish.amount !== null) continue;
    found.push({
      contract: getAddress(log.address),
      arguments: given.slice(0, 40).map(({ name, value }) => ({ name, value: showValue(value) })),
      amount,
      ...toPlace(log, chain.explorerUrl),
    });
  }
  const [event] = events;
  return {
    found,
    name: event === undefined ? wish.event : toEventSignature(event),
    through: missing === null ? to : missing.from - 1n,
  };
}

function areEqual(given: { name: string; value: unknown }[], wanted: JsonObject): boolean {
  const plain = (text: string) => text.trim().toLowerCase();
  return Object.entries(wanted).every(([name, value]) => {
    const found = given.find((one) => one.name === name);
    return (
      found !== undefined &&
      plain(showValue(found.value)) === plain(typeof value === 'string' ? value : showValue(value))
    );
  });
}

async function readAmount(
  { client }: ChainContext,
  log: RpcLog,
  given: { name: string; value: unknown }[],
  { argument, decimals: told }: NonNullable<EventWish['amount']>,
): Promise<ExactAmount | null> {
  const raw = given.find(({ name }) => name === argument)?.value;
  // viem gives integers of up to 48 bits as numbers.
  const whole = typeof raw === 'number' ? BigInt(raw) : raw;
  if (typeof whole !== 'bigint') return null;
  const details = told === null ? await readTokenDetails(client, getAddress(log.address)) : null;
  const decimals = told ?? details?.decimals ?? 0;
  const symbol = details === null || details.decimals === null ? argument : details.symbol;
  return toExactAmount(whole, { decimals, symbol });
}

const isAtLeast = ({ formatted }: ExactAmount, least: string) =>
  compareDecimals(getDecimal(formatted), getDecimal(least)) >= 0;

function toPlace(log: RpcLog, explorerUrl: string) {
  return {
    transaction: log.transactionHash ?? '',
    logIndex: hexToNumber(log.logIndex ?? '0x0'),
    explorerUrl: `${explorerUrl}/tx/${log.transactionHash ?? ''}`,
    number: hexToBigInt(log.blockNumber ?? '0x0'),
    hash: log.blockHash,
  };
}

type TransferWish = Extract<HappeningWish, { kind: 'transfer' }>;
type Sides = { address: Address; direction: TransferWish['direction'] };

async function readTransfers(context: ChainContext, wish: TransferWish, range: Range): Promise<Reading> {
  const { chain, client } = context;
  const sides = { address: await context.resolve(wish.address, 'address'), direction: wish.direction };
  if (isOwnCoin(wish.token, chain)) {
    const read = await readCoins(context, sides, range);
    return { ...read, found: read.found.filter(({ amount }) => amount !== null && isAtLeast(amount, wish.atLeast)) };
  }
  const contract = toTokenAddress(wish.token, chain);
  const details = await readTokenDetails(client, contract);
  if (details.decimals === null) {
    throw toInputError('token', {
      en: `The contract ${contract} on ${chain.name} does not answer like an ERC-20 token. Is it the right chain?`,
      zh: `${chain.name} 上的合约 ${contract} 不像 ERC-20 代币那样应答。链选对了吗？`,
    });
  }
  const own = padHex(sides.address, { size: 32 });
  const filters: LogFilter[] = [
    ...(sides.direction === 'in' ? [] : [{ address: contract, topics: [transferEvent, own] }]),
    ...(sides.direction === 'out' ? [] : [{ address: contract, topics: [transferEvent, null, own] }]),
  ];
  const { logs, missing } = await readLogs(context, { filters, ...range, oldestFirst: true });
  const found = logs.flatMap((log) => toTokenTransfer(log, details, chain.explorerUrl) ?? []);
  return {
    found: found.filter(({ amount }) => amount !== null && isAtLeast(amount, wish.atLeast)),
    name: details.symbol,
    through: missing === null ? range.to : missing.from - 1n,
  };
}

function toTokenTransfer(log: RpcLog, { decimals, symbol }: TokenDetails, explorerUrl: string): Found | null {
  const [, from, to] = log.topics;
  if (log.topics.length !== 3 || from === undefined || to === undefined || log.data.length !== 66) return null;
  const toParty = (topic: string) => getAddress(`0x${topic.slice(26)}`);
  return {
    contract: getAddress(log.address),
    arguments: [
      { name: 'from', value: toParty(from) },
      { name: 'to', value: toParty(to) },
    ],
    amount: toExactAmount(hexToBigInt(log.data), { decimals: decimals ?? 0, symbol }),
    ...toPlace(log, explorerUrl),
  };
}

async function readCoins(context: ChainContext, { address, direction }: Sides, { from, to }: Range): Promise<Reading> {
  const { chain } = context;
  const end = to - from >= mostCoinBlocks ? from + mostCoinBlocks - 1n : to;
  const { transfers } = await listCoinTransfers(context, { address, from, to: end });
  const places = new Map<string, number>();
  const found = transfers
    .toSorted((one, other) => Number(one.block - other.block))
    .map((transfer) => {
      const place = places.get(transfer.transaction) ?? 0;
      places.set(transfer.transaction, place + 1);
      return { ...transfer, place };
    })
    .filter((one) => (direction !== 'in' || one.to === address) && (direction !== 'out' || one.from === address));
  return {
    name: chain.nativeCurrency.symbol,
    through: end,
    found: found.map(({ from: sender, to: receiver, value, block, transaction, place }) => ({
      contract: null,
      arguments: [
        { name: 'from', value: sender },
        { name: 'to', value: receiver },
      ],
      amount: toExactAmount(value, chain.nativeCurrency),
      transaction,
      logIndex: place,
      explorerUrl: `${chain.explorerUrl}/tx/${transaction}`,
      number: block,
      hash: null,
    })),
  };
}
