import { erc20Abi, numberToHex } from 'viem';
import { pinBlock } from './chain-block.ts';
import type { ReadChain } from './chain-context.ts';
import { isContractFailure, toInputError } from './chain-errors.ts';
import { toExactAmount } from './exact-amount.ts';
import { isOwnCoin, toTokenAddress } from './token-address.ts';
import { readTokenDetails } from './token-details.ts';

/**
 * Reads a balance, all parts of it at the same block.
 *
 * @throws {HubError} `validation_failed`, when `token` is no token with decimals (ERC-20)
 */
export const readBalance: ReadChain<'balance'> = async (context, { address: wanted, token, block: number }) => {
  const { client, chain } = context;
  const address = await context.resolve(wanted, 'address');
  const block = await pinBlock(context, number);
  const { at, warnings } = block;
  if (token === undefined || isOwnCoin(token, chain)) {
    // Asked directly: viem's getBalance would go through a contract that reads balances for it.
    const raw = await client.request({ method: 'eth_getBalance', params: [address, numberToHex(block.number)] });
    const amount = toExactAmount(BigInt(raw), chain.nativeCurrency);
    const explorerUrl = `${chain.explorerUrl}/address/${address}`;
    return { address, warnings, block: at, token: null, amount, explorerUrl };
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
    throw toInputError('token', {
      en: `The contract ${contract} on ${chain.name} does not answer like an ERC-20 token. Is it the right chain?`,
      zh: `${chain.name} 上的合约 ${contract} 不像 ERC-20 代币那样应答。链选对了吗？`,
    });
  }
  return {
    address,
    warnings,
    block: at,
    token: { address: contract, name: details.name },
    amount: toExactAmount(raw, { decimals: details.decimals, symbol: details.symbol }),
    explorerUrl: `${chain.explorerUrl}/token/${contract}?a=${address}`,
  };
};
