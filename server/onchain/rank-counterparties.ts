import type { CounterpartyOrder, WalletActivity } from '#server/contract/wallet-readings.ts';
import type { ChainConfiguration } from './chains.ts';
import type { WalletMove } from './gather-wallet.ts';
import { isOwnCoin, toTokenAddress } from './token-address.ts';

type Party = WalletActivity['counterparties'][number];
type Order = { token: string; by: 'received' | 'sent' };

const ownCoin = 'native';

/**
 * By what counterparties are put in order: the amounts of one token where an amount is asked for and one token is meant,
 * since amounts of several cannot be added up; the number of transfers otherwise.
 *
 * @throws {HubError} `validation_failed`, for a symbol that is not known on the chain
 */
export function findOrder(
  { rank, token }: { rank?: CounterpartyOrder['by'] | undefined; token?: string | undefined },
  moves: readonly WalletMove[],
  chain: ChainConfiguration,
): Order | null {
  const named = token === undefined ? null : isOwnCoin(token, chain) ? ownCoin : toTokenAddress(token, chain);
  if (rank === undefined || rank === 'transfers') return null;
  const direction = rank === 'received' ? 'in' : 'out';
  const moved = new Set(moves.flatMap((move) => (move.direction === direction ? [move.token] : [])));
  const [only] = moved;
  const meant = named ?? (moved.size === 1 ? only : undefined);
  return meant === undefined ? null : { by: rank, token: meant };
}

/** Counterparties in an order, those that come first in front. */
export function rankCounterparties(parties: readonly Party[], order: Order | null): Party[] {
  if (order === null) return parties.toSorted((one, other) => other.transfers - one.transfers);
  const isMeant = ({ token }: Party['flows'][number]) => token.toLowerCase() === order.token.toLowerCase();
  const total = ({ flows }: Party) =>
    flows.reduce((sum, flow) => (isMeant(flow) ? sum + BigInt(flow[order.by].raw) : sum), 0n);
  return parties
    .map((party) => ({
      party: { ...party, flows: party.flows.toSorted((one, other) => Number(isMeant(other)) - Number(isMeant(one))) },
      total: total(party),
    }))
    .sort((one, other) =>
      one.total === other.total ? other.party.transfers - one.party.transfers : other.total > one.total ? 1 : -1,
    )
    .map(({ party }) => party);
}

/** What is told of an order, with the token's own symbol where it was moved. */
export function toOrderTold(order: Order | null, parties: readonly Party[]): CounterpartyOrder {
  if (order === null) return { by: 'transfers', token: null, symbol: null };
  const flow = parties
    .flatMap(({ flows }) => flows)
    .find(({ token }) => token.toLowerCase() === order.token.toLowerCase());
  return { ...order, symbol: flow?.received.symbol ?? null };
}
