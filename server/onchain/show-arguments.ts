import type { Address } from 'viem';
import type { DecodedArgument } from './decode-data.ts';
import { toTokenAmount } from './list-transfers.ts';
import type { TokenDetails } from './token-details.ts';

const longestValue = 600;
const amountName = /amount|liquidity|reserve/i;
/** How contracts call an amount of their own token, the second where it is somebody's. */
const ownAmount = /^amount$/;
const ownValue = /^_?(?:amount|value|wad)$/;

/**
 * Arguments as text. An amount of the contract's own token is written in whole tokens; any other amount says that it is in
 * smallest units, so that 1000000 of USDC is never read as a million.
 */
export function showArguments(decoded: DecodedArgument[], contract: Address | null, token: TokenDetails | undefined) {
  const own = decoded.some(({ type }) => type === 'address') ? ownValue : ownAmount;
  return decoded.map(({ name, type, value }) => ({
    name,
    type,
    value: toText({ name, type, value }, { own, contract, token }),
  }));
}

function toText(
  { name, value }: DecodedArgument,
  { own, contract, token }: { own: RegExp; contract: Address | null; token: TokenDetails | undefined },
): string {
  if (typeof value !== 'bigint') return showValue(value);
  if (contract !== null && token !== undefined && token.decimals !== null && own.test(name)) {
    const { formatted, symbol } = toTokenAmount(value, token, contract);
    return `${formatted} ${symbol} (${value} in smallest units)`;
  }
  return amountName.test(name) ? `${value} (in smallest units)` : showValue(value);
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
