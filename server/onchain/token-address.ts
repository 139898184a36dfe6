import type { Address } from 'viem';
import { parseAddress } from './addresses.ts';
import { toInputError } from './chain-errors.ts';
import type { ChainConfiguration } from './chains.ts';
import { findKnownToken, listKnownSymbols } from './known-tokens.ts';

/**
 * The contract of a token that is named by its address, or by a well-known symbol.
 *
 * @throws {HubError} `validation_failed`, for a symbol that is not known on the chain
 */
export function toTokenAddress(token: string, chain: ChainConfiguration, path = 'token'): Address {
  const named = token.trim();
  if (named.startsWith('0x')) return parseAddress(named, path);
  const known = findKnownToken(chain.id, named);
  if (known !== null) return known;
  const symbols = listKnownSymbols(chain.id).join(', ');
  throw toInputError(path, {
    en: `"${named.slice(0, 40)}" is not known by its symbol on ${chain.name}. Give the token's contract address${symbols === '' ? '' : `, or one of ${symbols}`}.`,
    zh: `${chain.name} 上没有已知符号“${named.slice(0, 40)}”。请给出代币合约地址${symbols === '' ? '' : `，或使用 ${symbols}`}。`,
  });
}

/** Whether a text names the chain's own coin. */
export function isOwnCoin(token: string, { nativeCurrency }: ChainConfiguration): boolean {
  return ['native', nativeCurrency.symbol.toLowerCase()].includes(token.trim().toLowerCase());
}
