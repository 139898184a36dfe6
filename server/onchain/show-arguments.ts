import type { Address } from 'viem';
import type { DecodedArgument } from './decode-data.ts';
import { toTokenAmount } from './list-transfers.ts';
import type { TokenDetails } from './token-details.ts';

const longestValue = 600;
const amountName = /amount|liquidity|reserve/i;

/**
 * Arguments as text. An amount of the contract's own token is written in whole tokens; any other amount says that it is in
 * smallest units, so that 1000000 of USDC is never read as a million.
 */
export function showArguments(decoded: DecodedArgument[], contract: Address | null, token: TokenDetails | undefined) {
  return decoded.map(({ name, type, value }) => ({
    name,
    type,
    value: toText({ name, type, value }, contract, token),
  }));
}

function toText({ name, value }: DecodedArgument, contract: Address | null, token: TokenDetails | undefined): string {
  if (typeof value === 'bigint' && amountName.test(name)) {
    if (contract === null || token === undefined || token.decimals === null || name !== 'amount')
      return `${value} (in smallest units)`;
    const { formatted, symbol } = toTokenAmount(value, token, contract);
    return `${formatted} ${symbol} (${value} in smallest units)`;
  }
  return showValue(value);
}

/** A value of a contract as text, long ones cut. */
export function showValue(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  const text =
    typeof value === 'string'
      ? value
      : JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? part.toString() : part));
  return text.length <= longestValue ? text : `${text.slice(0, longestValue)}… (${text.length} characters)`;
}
