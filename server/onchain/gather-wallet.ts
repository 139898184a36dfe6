import type { Address } from 'viem';
import type { BlockRange } from '#server/contract/chain-figures.ts';
import { type AskedRange, findRange } from './block-range.ts';
import type { ChainContext } from './chain-context.ts';
import { toInputError } from './chain-errors.ts';
import { addTimes, gatherTransfers, type PlacedRow } from './gather-transfers.ts';
import type { CoinReading } from './list-coin-transfers.ts';
import { toMissingNote } from './read-logs.ts';
import type { TokenDetails } from './token-details.ts';

const mostOwn = 5;
const mostTraced = 400;
const mostTimed = 2_000;

/** A transfer as the wallet sees it. */
export type WalletMove = PlacedRow & { direction: 'in' | 'out'; counterparty: string };

export type GatheredWallet = {
  addresses: Address[];
  range: BlockRange;
  /** Of the range's end. */
  warnings: string[];
  /** The first block of which all was read, which is later than the range's where there was too much. */
  from: bigint;
  to: bigint;
  /** In the order of the chain; those between the wallet's own addresses are left out. */
  moves: WalletMove[];
  /** All of it, those too. */
  rows: PlacedRow[];
  tokens: Map<string, TokenDetails>;
  coin: CoinReading['means'];
  isCoinWhole: boolean;
  /** The transactions that the wallet sent; null: not known. */
  sent: string[] | null;
  notes: string[];
};

/**
 * All that came to a wallet and left it in a range. A wallet is an address with those that a person says are theirs too.
 *
 * @throws {HubError} `validation_failed`, for more own addresses than are read at once
 */
export async function gatherWallet(
  context: ChainContext,
  { address, own = [], ...asked }: { address: string; own?: string[] | undefined } & AskedRange,
): Promise<GatheredWallet> {
  if (own.length > mostOwn) {
    throw toInputError('own', {
      en: `${own.length} further addresses were given, of ${mostOwn} at most. Leave some out.`,
      zh: `给出了 ${own.length} 个其他地址，超过了 ${mostOwn} 个的上限。请减少一些。`,
    });
  }
  const addresses = [
    ...new Set(
      await Promise.all([
        context.resolve(address, 'address'),
        ...own.map((one, index) => context.resolve(one, `own.${index}`)),
      ]),
    ),
  ];
  const { from: wantedFrom, to, range, warnings } = await findRange(context, asked);
  const read = await Promise.all(
    addresses.map((one) => gatherTransfers(context, { address: one, from: wantedFrom, to, mostTraced })),
  );
  const from = read.reduce((latest, { missing }) => {
    const first = missing === null ? wantedFrom : missing.to + 1n;
    return first > latest ? first : latest;
  }, wantedFrom);
  const unique = new Map(read.flatMap(({ rows }) => rows.map((row) => [row.id, row] as const)));
  const all = [...unique.values()].filter(({ block }) => block >= from).sort(byBlock);
  const rows = await addTimes(context, all.slice(-mostTimed));
  const isOwn = (one: string) => addresses.some((address) => address === one);
  const coins = read.map(({ coin }) => coin);
  const means = coins.map((coin) => coin?.means ?? 'not read');
  return {
    addresses,
    range,
    warnings,
    from,
    to,
    rows,
    moves: rows.flatMap((row): WalletMove[] => {
      if (isOwn(row.from) === isOwn(row.to)) return [];
      const isIn = isOwn(row.to);
      return [{ ...row, direction: isIn ? 'in' : 'out', counterparty: isIn ? row.from : row.to }];
    }),
    tokens: new Map(read.flatMap(({ details }) => details.map((one) => [one.address, one] as const))),
    coin: means.find((one) => one === 'not read') ?? means.find((one) => one === 'transactions') ?? 'traced',
    isCoinWhole: coins.every((coin) => coin?.means === 'traced' && coin.note === null),
    sent: coins.every((coin) => coin !== null && coin.sent !== null)
      ? [...new Set(coins.flatMap((coin) => coin?.sent ?? []))]
      : null,
    notes: [
      ...new Set([
        ...read.flatMap(({ missing }) => toMissingNote({ missing }) ?? []),
        ...coins.flatMap((coin) => coin?.note ?? []),
        ...(all.length > rows.length
          ? [`Only the newest ${rows.length} of ${all.length} transfers were summed up. Ask for fewer blocks.`]
          : []),
      ]),
    ],
  };
}

function byBlock(one: PlacedRow, other: PlacedRow): number {
  return one.block < other.block ? -1 : one.block > other.block ? 1 : 0;
}

/** What is said of a wallet that could not be read whole. */
export function toPartialNote(notes: readonly string[]): string | null {
  return notes.length === 0 ? null : notes.join(' ');
}
