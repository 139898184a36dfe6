import type { WalletLot } from '#server/contract/wallet-readings.ts';

export const lotColumns = [
  'token',
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
] as const;

/** A lot as a row of text; exact amounts stay text, so that no programme rounds them. */
export function toLotRow(lot: WalletLot): (string | null)[] {
  const { acquired, left, costFrom, proceedsFrom } = lot;
  const isKnown = acquired !== null;
  return [
    lot.token,
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
  ];
}

function toOrigin(source: WalletLot['costFrom']): string | null {
  if (source === null) return null;
  return [source.from, source.contract ?? '', source.isStale ? 'stale' : ''].filter((part) => part !== '').join(' ');
}

/** All lots as CSV (RFC 4180). A symbol is a stranger's text: what a spreadsheet would run as a formula begins with an apostrophe. */
export function lotsToCsv(lots: readonly WalletLot[]): string {
  const lines = [[...lotColumns], ...lots.map(toLotRow)].map((row) => row.map(toCell).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

function toCell(value: string | null): string {
  if (value === null) return '';
  const safe = /^[=+@\t\r]|^-(?!\d)/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
