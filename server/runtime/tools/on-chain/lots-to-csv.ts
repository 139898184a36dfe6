import { byteOrderMark, toCsv } from '#server/contract/to-csv.ts';
import type { WalletLot } from '#server/contract/wallet-readings.ts';

export const lotColumns = [
  'symbol',
  'amount',
  'acquired_time',
  'acquired_block',
  'acquired_transaction',
  'cost_usd',
  'cost_price_from',
  'left_time',
  'left_block',
  'left_transaction',
  'left_as',
  'proceeds_usd',
  'proceeds_price_from',
  'gain_usd',
  'token',
] as const;

/** A lot as a row of text; exact amounts stay text, so that no programme rounds them. */
export function toLotRow(lot: WalletLot): (string | null)[] {
  const { acquired, left, costFrom, proceedsFrom } = lot;
  const isKnown = acquired !== null;
  return [
    lot.symbol,
    lot.amount.formatted,
    isKnown ? acquired.time : null,
    isKnown ? acquired.block : null,
    isKnown ? (acquired.transaction ?? 'held before') : null,
    lot.cost?.formatted ?? null,
    toOrigin(costFrom),
    left?.time ?? null,
    left?.block ?? null,
    left?.transaction ?? null,
    left?.as ?? 'held',
    lot.proceeds?.formatted ?? null,
    toOrigin(proceedsFrom),
    lot.gain?.formatted ?? null,
    lot.token,
  ];
}

function toOrigin(source: WalletLot['costFrom']): string | null {
  if (source === null) return null;
  return [source.from, source.contract ?? '', source.isStale ? 'stale' : ''].filter((part) => part !== '').join(' ');
}

/** All lots as a CSV file. */
export const lotsToCsv = (lots: readonly WalletLot[]): string =>
  byteOrderMark + toCsv([lotColumns, ...lots.map(toLotRow)]);
