import { type Address, getAddress } from 'viem';
import { type DecodedEvent, getArgument } from './decode-data.ts';
import { findKnownToken } from './known-tokens.ts';
import type { TransferRow } from '#server/contract/chain-readings.ts';
import type { TokenDetails } from './token-details.ts';

/** What contracts and wallets take for an approval without an end. */
export const unlimitedFrom = 2n ** 96n - 1n;
const mostUsualDecimals = 36;
const zeroAddress = `0x${'0'.repeat(40)}`;

/** What a careful reader would point out about a transaction, in words. */
export function findWarnings({
  chainId,
  sender,
  receiver,
  events,
  transfers,
  tokens,
}: {
  chainId: number;
  sender: Address;
  receiver: Address | null;
  events: DecodedEvent[];
  transfers: TransferRow[];
  tokens: TokenDetails[];
}): string[] {
  const everyone = [
    sender,
    ...(receiver === null ? [] : [receiver]),
    ...transfers.flatMap(({ from, to }) => [from, to]),
  ];
  return [
    ...warnOfZeroTransfers(transfers),
    ...warnOfLookAlikes(everyone),
    ...events.flatMap((event) => warnOfApproval(event, tokens)),
    ...tokens.flatMap((token) => warnOfToken(token, chainId)),
  ];
}

/** Transfers of nothing, which plant false addresses in a history. */
export function warnOfZeroTransfers(transfers: TransferRow[]): string[] {
  const zero = transfers.filter(({ amount }) => amount.raw === '0');
  const receivers = [...new Set(zero.map(({ to }) => to))].slice(0, 5).join(', ');
  return zero.length === 0
    ? []
    : [
        `${zero.length} token transfer(s) of exactly 0, to ${receivers}: a common way to plant a false address in a history (address poisoning). Do not copy addresses from them.`,
      ];
}

/** People compare the first and last characters of an address; those who poison histories count on it. */
export function warnOfLookAlikes(addresses: string[]): string[] {
  return findLookAlikes(addresses).map(
    ({ ends, group }) =>
      `Look-alike addresses: ${group.join(' and ')} both read ${ends} but are different. One may be made to deceive.`,
  );
}

/** Addresses that begin and end alike. */
export function findLookAlikes(addresses: string[]): { ends: string; group: Address[] }[] {
  const groups = new Map<string, string[]>();
  for (const address of new Set(addresses.map((address) => address.toLowerCase()))) {
    const ends = `${address.slice(0, 6)}…${address.slice(-4)}`;
    if (address !== zeroAddress) groups.set(ends, [...(groups.get(ends) ?? []), address]);
  }
  return [...groups]
    .filter(([, group]) => group.length > 1)
    .map(([ends, group]) => ({ ends, group: group.map((one) => getAddress(one)) }));
}

function warnOfApproval(event: DecodedEvent, tokens: TokenDetails[]): string[] {
  const symbol = tokens.find(({ address }) => address === event.contract)?.symbol ?? event.contract;
  const amount = getArgument<bigint>(event, 'amount');
  if (event.name === 'Approval' && amount !== undefined && amount >= unlimitedFrom) {
    return [
      `Unlimited approval: ${getArgument<Address>(event, 'spender')} may spend all ${symbol} of ${getArgument<Address>(event, 'owner')}, now and later, until it is revoked.`,
    ];
  }
  if (event.name === 'ApprovalForAll' && getArgument<boolean>(event, 'approved') === true) {
    return [
      `Approval for all: ${getArgument<Address>(event, 'operator')} may move every ${symbol} of ${getArgument<Address>(event, 'owner')} until it is revoked.`,
    ];
  }
  return [];
}

/** What is suspicious about how a token calls itself. */
export function warnOfToken({ address, name, symbol, decimals }: TokenDetails, chainId: number): string[] {
  const known = findKnownToken(chainId, symbol);
  const warnings: string[] = [];
  if (known !== null && known !== address)
    warnings.push(`The token ${address} calls itself ${symbol} but is not the well-known ${symbol} (${known}).`);
  if (/[^\x20-\x7e]/.test(symbol))
    warnings.push(
      `The symbol "${symbol}" of ${address} has characters outside of ASCII and may imitate another token.`,
    );
  if (/https?:|www\.|\.(?:com|org|net|io|xyz|app|site|vip|top)\b|claim|airdrop|visit/i.test(`${name} ${symbol}`)) {
    warnings.push(`The name of the token ${address} advertises a site or a claim, as scam tokens do. Do not open it.`);
  }
  if (decimals !== null && decimals > mostUsualDecimals)
    warnings.push(
      `The token ${address} has ${decimals} decimals, which is unusual: its amounts look larger than they are.`,
    );
  if (decimals === null && symbol === '(no symbol)')
    warnings.push(`The contract ${address} reports transfers but tells neither symbol nor decimals.`);
  return warnings;
}
