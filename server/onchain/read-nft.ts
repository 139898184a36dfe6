import { type Address, parseAbi } from 'viem';
import type { NftReading } from '#server/contract/chain-readings.ts';
import { parseAddress } from './addresses.ts';
import { pinBlock } from './chain-block.ts';
import type { ChainContext, ReadChain } from './chain-context.ts';
import { toInputError, toNothing } from './chain-errors.ts';
import { warnOfToken } from './find-warnings.ts';
import { readTokenDetails } from './token-details.ts';

const abi = parseAbi([
  'function supportsInterface(bytes4 id) view returns (bool)',
  'function ownerOf(uint256 tokenId) view returns (address)',
  'function tokenURI(uint256 tokenId) view returns (string)',
  'function uri(uint256 id) view returns (string)',
  'function tokenOfOwnerByIndex(address owner, uint256 index) view returns (uint256)',
]);
const oneAbi = parseAbi(['function balanceOf(address owner) view returns (uint256)']);
const manyAbi = parseAbi(['function balanceOf(address owner, uint256 id) view returns (uint256)']);
const mostListed = 25n;
const longestUrl = 200_000;

/** A piece of a collection (ERC-721, ERC-1155): who owns it and where its metadata is; and what an address holds of it. */
export const readNft: ReadChain<'nft'> = async (context, request) => {
  const { chain, client } = context;
  const contract = parseAddress(request.contract, 'contract');
  const tokenId = request.tokenId === undefined ? null : toTokenId(request.tokenId);
  const holder = request.holder === undefined ? null : await context.resolve(request.holder, 'holder');
  const block = await pinBlock(context, request.block);
  const at = { address: contract, blockNumber: block.number };
  const [details, isOne, isMany] = await Promise.all([
    readTokenDetails(client, contract, block.number),
    client.readContract({ ...at, abi, functionName: 'supportsInterface', args: ['0x80ac58cd'] }).catch(toNothing),
    client.readContract({ ...at, abi, functionName: 'supportsInterface', args: ['0xd9b67a26'] }).catch(toNothing),
  ]);
  const standard = isOne === true ? 'ERC-721' : isMany === true ? 'ERC-1155' : 'unknown';
  if (standard === 'unknown') {
    throw toInputError('contract', {
      en: `${contract} on ${chain.name} does not say that it is a collection (ERC-721 or ERC-1155). Is it the right chain?`,
      zh: `${chain.name} 上的 ${contract} 没有声明自己是藏品合约（ERC-721 或 ERC-1155）。链选对了吗？`,
    });
  }
  const [owner, metadataUrl, held] = await Promise.all([
    tokenId === null || standard === 'ERC-1155'
      ? null
      : client.readContract({ ...at, abi, functionName: 'ownerOf', args: [tokenId] }).catch(toNothing),
    tokenId === null ? null : readUrl(context, { contract, standard, tokenId, block: block.number }),
    holder === null ? null : readHeld(context, { contract, standard, tokenId, holder, block: block.number }),
  ]);
  if (tokenId !== null && standard === 'ERC-721' && owner === null) {
    throw toInputError('tokenId', {
      en: `${contract} has no piece #${tokenId} at block ${block.number}. It may not be minted, or was burnt.`,
      zh: `${contract} 在区块 ${block.number} 没有编号 #${tokenId} 的藏品。它可能尚未铸造或已销毁。`,
    });
  }
  return {
    contract,
    name: details.name,
    symbol: details.symbol,
    standard,
    tokenId: tokenId?.toString() ?? null,
    owner,
    holder: held?.holder ?? null,
    metadataUrl,
    warnings: [...block.warnings, ...warnOfToken({ ...details, decimals: 0 }, chain.id)],
    partial: held?.note ?? null,
    block: block.at,
    explorerUrl: `${chain.explorerUrl}/token/${contract}${tokenId === null ? '' : `?a=${tokenId}`}`,
  };
};

function toTokenId(text: string): bigint {
  if (/^(?:\d{1,78}|0x[\da-f]{1,64})$/i.test(text.trim())) return BigInt(text.trim());
  throw toInputError('tokenId', {
    en: `"${text.slice(0, 80)}" is no token id: it is a whole number.`,
    zh: `“${text.slice(0, 80)}”不是藏品编号：应为整数。`,
  });
}

type Piece = { contract: Address; standard: NftReading['standard']; tokenId: bigint; block: bigint };

async function readUrl(
  { client }: ChainContext,
  { contract, standard, tokenId, block }: Piece,
): Promise<string | null> {
  const functionName = standard === 'ERC-721' ? 'tokenURI' : 'uri';
  const url = await client
    .readContract({ address: contract, abi, functionName, args: [tokenId], blockNumber: block })
    .catch(toNothing);
  const filled = url?.replaceAll('{id}', tokenId.toString(16).padStart(64, '0')).trim() ?? '';
  return filled === '' || filled.length > longestUrl ? null : filled;
}

async function readHeld(
  { client }: ChainContext,
  { contract, standard, tokenId, holder, block }: Omit<Piece, 'tokenId'> & { tokenId: bigint | null; holder: Address },
): Promise<{ holder: NonNullable<NftReading['holder']>; note: string | null }> {
  const at = { address: contract, blockNumber: block };
  if (standard === 'ERC-1155') {
    if (tokenId === null) {
      throw toInputError('tokenId', {
        en: 'Balances of an ERC-1155 collection are of one piece: give its token id.',
        zh: 'ERC-1155 藏品的余额按编号计算：请给出藏品编号。',
      });
    }
    const balance = await client.readContract({
      ...at,
      abi: manyAbi,
      functionName: 'balanceOf',
      args: [holder, tokenId],
    });
    return {
      holder: { address: holder, balance: balance.toString(), tokenIds: balance > 0n ? [tokenId.toString()] : [] },
      note: null,
    };
  }
  const balance = await client.readContract({ ...at, abi: oneAbi, functionName: 'balanceOf', args: [holder] });
  const count = balance < mostListed ? balance : mostListed;
  const ids = await Promise.all(
    Array.from({ length: Number(count) }, (_, index) =>
      client
        .readContract({ ...at, abi, functionName: 'tokenOfOwnerByIndex', args: [holder, BigInt(index)] })
        .catch(toNothing),
    ),
  );
  const tokenIds = ids.flatMap((id) => (id === null ? [] : [id.toString()]));
  const advice =
    tokenIds.length === 0
      ? 'The collection lists none by owner: look through the transfers of the address.'
      : 'Ask about single ids for more.';
  const isListed = BigInt(tokenIds.length) === balance;
  return {
    holder: { address: holder, balance: balance.toString(), tokenIds },
    note: isListed ? null : `${tokenIds.length} of ${balance} token ids are listed. ${advice}`,
  };
}
