import type { PriceRow } from '#server/contract/model.ts';
import type { Prices } from './find-price.ts';
import type { OpenConnection } from './model-connections.ts';
import { pricesOfHosts, shippedPrices } from './shipped-prices.ts';

/** The tables that count at a connection, the first wins; no provider is paid for what a local server answers. */
export function findPriceTables({ origin, baseUrl }: OpenConnection, edited: Prices): Prices[] {
  if (origin === 'local') return [edited];
  return [edited, pricesOfHosts[new URL(baseUrl).hostname] ?? {}, shippedPrices];
}

/** The whole table by name, as administrators see and edit it. An edited price counts at every host. */
export function listPriceRows(edited: Prices): PriceRow[] {
  const rows = new Map<string, PriceRow>();
  const add = (prices: Prices, more: Pick<PriceRow, 'host' | 'edited'>) => {
    for (const [model, price] of Object.entries(prices)) rows.set(model, { model, ...price, ...more });
  };
  add(shippedPrices, { host: null, edited: false });
  for (const [host, prices] of Object.entries(pricesOfHosts)) add(prices, { host, edited: false });
  add(edited, { host: null, edited: true });
  return [...rows.values()].sort((left, right) => (left.model < right.model ? -1 : 1));
}
