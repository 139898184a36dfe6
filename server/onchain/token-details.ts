import { type Address, hexToString, type PublicClient, parseAbi } from 'viem';
import { isChainFailure } from './chain-errors.ts';
import { toTokenLabel } from './token-label.ts';

export type TokenDetails = { address: Address; name: string; symbol: string; decimals: number | null };

const textAbi = parseAbi(['function name() view returns (string)', 'function symbol() view returns (string)']);
const bytesAbi = parseAbi(['function name() view returns (bytes32)', 'function symbol() view returns (bytes32)']);
const decimalsAbi = parseAbi(['function decimals() view returns (uint8)']);
const longestName = 64;
const longestSymbol = 24;

/**
 * What a token contract says about itself (ERC-20, ERC-721). Names are strangers' text, made plain; `decimals` is null where
 * the contract does not tell, and is never guessed.
 */
export async function readTokenDetails(
  client: PublicClient,
  address: Address,
  blockNumber?: bigint,
): Promise<TokenDetails> {
  const at = blockNumber === undefined ? {} : { blockNumber };
  const readText = async (functionName: 'name' | 'symbol') =>
    client
      .readContract({ address, abi: textAbi, functionName, ...at })
      .catch(async (thrown: unknown) => {
        throwChainFailure(thrown);
        return hexToString(await client.readContract({ address, abi: bytesAbi, functionName, ...at }), { size: 32 });
      })
      .catch((thrown: unknown) => {
        throwChainFailure(thrown);
        return '';
      });
  const [name, symbol, decimals] = await Promise.all([
    readText('name'),
    readText('symbol'),
    client.readContract({ address, abi: decimalsAbi, functionName: 'decimals', ...at }).catch((thrown: unknown) => {
      throwChainFailure(thrown);
      return null;
    }),
  ]);
  return {
    address,
    name: toTokenLabel(name, longestName),
    symbol: toTokenLabel(symbol, longestSymbol) || '(no symbol)',
    decimals,
  };
}

/** A node that fails must not read as a token that tells nothing. */
function throwChainFailure(thrown: unknown): void {
  if (isChainFailure(thrown)) throw thrown;
}
