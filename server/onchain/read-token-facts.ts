import { type Abi, type Address, type Hex, numberToHex, parseAbi } from 'viem';
import type { TokenFacts } from '#server/contract/chain-readings.ts';
import { pinBlock } from './chain-block.ts';
import type { ChainContext, ReadChain } from './chain-context.ts';
import { toInputError, toNothing } from './chain-errors.ts';
import { findPowers } from './contract-powers.ts';
import { toExactAmount } from './exact-amount.ts';
import { warnOfToken } from './find-warnings.ts';
import { findProxy } from './find-proxy.ts';
import { findKnownToken } from './known-tokens.ts';
import { toTokenAddress } from './token-address.ts';
import { tryMinting } from './try-minting.ts';
import { readTokenDetails, type TokenDetails } from './token-details.ts';

const abi: Abi = parseAbi([
  'function totalSupply() view returns (uint256)',
  'function owner() view returns (address)',
  'function paused() view returns (bool)',
  'function supportsInterface(bytes4 id) view returns (bool)',
]);
const interfaces = { nft: '0x80ac58cd', multi: '0xd9b67a26' } as const;

/**
 * What can be known of a token from its contract: what it says of itself, how it is made, and what to be careful about.
 *
 * @throws {HubError} `validation_failed`, where no contract stands at the address
 */
export const readTokenFacts: ReadChain<'token'> = async (context, { token, block: number }) => {
  const { client, chain } = context;
  const address = toTokenAddress(token, chain);
  const block = await pinBlock(context, number);
  const ask = asker(context, address, block.number);
  const [details, { code, proxy }, supply, owner, isPaused, isNft, isMulti] = await Promise.all([
    readTokenDetails(client, address, block.number),
    findProxy(context, address, block.number),
    ask<bigint>('totalSupply'),
    ask<Address>('owner'),
    ask<boolean>('paused'),
    ask<boolean>('supportsInterface', [interfaces.nft]),
    ask<boolean>('supportsInterface', [interfaces.multi]),
  ]);
  if (code === '0x') {
    throw toInputError('token', {
      en: `No contract stands at ${address} on ${chain.name} at block ${block.at.number}. Is it the right chain?`,
      zh: `${chain.name} 在区块 ${block.at.number} 时，${address} 上没有合约。链选对了吗？`,
    });
  }
  const standard = isNft === true ? 'ERC-721' : isMulti === true ? 'ERC-1155' : toFungible(details, supply);
  const powers = findPowers(
    proxy === null ? code : await readCode(context, proxy.implementation as Address, block.number),
  );
  const minting = await tryMinting(context, { token: address, owner, powers, block: block.number });
  const isWellKnown = findKnownToken(chain.id, details.symbol) === address;
  return {
    ...details,
    standard,
    totalSupply: supply === null ? null : toSupply(supply, details, standard),
    owner,
    proxy,
    isPaused,
    isWellKnown,
    powers,
    minting,
    warnings: [
      ...block.warnings,
      ...warnOfToken(details, chain.id),
      ...(standard === 'unknown' ? [`${address} answers like no known kind of token.`] : []),
      ...(isPaused === true ? ['The token is paused: it cannot be moved now.'] : []),
      ...(proxy === null
        ? []
        : [`Its code can be replaced, or is kept elsewhere (${proxy.kind}): what it does may change.`]),
      ...(powers.length === 0
        ? []
        : [`Its code has ${powers.join(', ')}: whoever may call these can change what holders have.`]),
    ],
    block: block.at,
    explorerUrl: `${chain.explorerUrl}/token/${address}`,
  };
};

/** Asks a contract what it may not know; null then. A chain that cannot be read is no such answer. */
function asker({ client }: ChainContext, address: Address, blockNumber: bigint) {
  return async <Value>(functionName: string, args: readonly unknown[] = []): Promise<Value | null> =>
    await client
      .readContract({ address, abi, functionName, args, blockNumber })
      // The shape of an answer is what the ABI above says of the function.
      .then((value) => value as Value)
      .catch(toNothing);
}

function toFungible({ decimals }: TokenDetails, supply: bigint | null): TokenFacts['standard'] {
  return decimals !== null && supply !== null ? 'ERC-20' : 'unknown';
}

function toSupply(supply: bigint, { symbol, decimals }: TokenDetails, standard: TokenFacts['standard']) {
  return toExactAmount(supply, { symbol, decimals: standard === 'ERC-721' ? 0 : (decimals ?? 0) });
}

async function readCode({ client }: ChainContext, address: Address, block: bigint): Promise<Hex> {
  return await client.request({ method: 'eth_getCode', params: [address, numberToHex(block)] });
}
