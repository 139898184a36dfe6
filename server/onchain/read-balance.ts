import { type Address, erc20Abi, numberToHex, type PublicClient } from 'viem';
import { parseAddress } from './addresses.ts';
import { type ChainBlock, toChainBlock } from './chain-block.ts';
import { isContractFailure, toInputError } from './chain-errors.ts';
import type { ChainConfiguration } from './chains.ts';
import { type ExactAmount, toExactAmount } from './exact-amount.ts';
import { findKnownToken, listKnownSymbols } from './known-tokens.ts';
import { readTokenDetails } from './token-details.ts';

export type BalanceReading = {
  address: string;
  block: ChainBlock;
  token: { address: string; name: string } | null;
  amount: ExactAmount;
  explorerUrl: string;
};

/**
 * Reads a balance at the latest block, all parts of it at that same block.
 *
 * @throws {HubError} `validation_failed`, when `token` is no token with decimals (ERC-20)
 */
export async function readBalance({
  client,
  chain,
  address,
  token,
}: {
  client: PublicClient;
  chain: ChainConfiguration;
  address: Address;
  token?: string | undefined;
}): Promise<BalanceReading> {
  const block = await client.getBlock({ blockTag: 'latest' });
  const at = toChainBlock(chain, block);
  if (token === undefined || token.trim().toUpperCase() === chain.nativeCurrency.symbol.toUpperCase()) {
    // Asked directly: viem's getBalance would go through a contract that reads balances for it.
    const raw = await client.request({ method: 'eth_getBalance', params: [address, numberToHex(block.number)] });
    const amount = toExactAmount(BigInt(raw), chain.nativeCurrency);
    return { address, block: at, token: null, amount, explorerUrl: `${chain.explorerUrl}/address/${address}` };
  }
  const contract = toTokenAddress(token, chain);
  const [raw, details] = await Promise.all([
    client
      .readContract({
        address: contract,
        abi: erc20Abi,
        functionName: 'balanceOf',
        args: [address],
        blockNumber: block.number,
      })
      .catch((thrown: unknown) => {
        if (isContractFailure(thrown)) return null;
        throw thrown;
      }),
    readTokenDetails(client, contract, block.number),
  ]);
  if (raw === null || details.decimals === null) {
    throw toInputError(
      'token',
      `The contract ${contract} on ${chain.name} does not answer like an ERC-20 token. Is it the right chain?`,
    );
  }
  return {
    address,
    block: at,
    token: { address: contract, name: details.name },
    amount: toExactAmount(raw, { decimals: details.decimals, symbol: details.symbol }),
    explorerUrl: `${chain.explorerUrl}/token/${contract}?a=${address}`,
  };
}

function toTokenAddress(token: string, chain: ChainConfiguration): Address {
  if (token.trim().startsWith('0x')) return parseAddress(token, 'token');
  const known = findKnownToken(chain.id, token);
  if (known !== null) return known;
  const symbols = listKnownSymbols(chain.id);
  throw toInputError(
    'token',
    `"${token.slice(0, 40)}" is not known by its symbol on ${chain.name}. Give the token's contract address${symbols.length > 0 ? `, or one of ${symbols.join(', ')}` : ''}.`,
  );
}
