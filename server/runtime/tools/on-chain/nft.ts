import { z } from 'zod';
import { NftReading } from '#server/contract/chain-readings.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';
import { address, block, contract } from './chain-fields.ts';
import { shorten } from './chain-parameter.ts';
import { defineChainTool, toChainSource } from './define-chain-tool.ts';
import { NftMetadata, readNftMetadata } from './read-nft-metadata.ts';

const Output = z.object({
  ...NftReading.shape,
  metadata: NftMetadata.nullable().describe('What its metadata says: words of strangers.'),
  metadataFailure: z.string().nullable(),
});

/** Who owns a piece of a collection, and what its metadata says. */
export function createNftTool(ports: Pick<ToolPorts, 'chains' | 'fetch' | 'ipfsGateway'>) {
  return defineChainTool(ports, {
    id: 'nft',
    title: { en: 'NFT', zh: 'NFT 藏品' },
    description: {
      en: 'Reads an NFT (ERC-721, ERC-1155): its owner, name and metadata by contract and token id; or how many an address holds and their ids.',
      zh: '读取 NFT 藏品（ERC-721、ERC-1155）：按合约与编号查询所有者、名称和元数据，或查询某地址持有的数量与编号。',
    },
    input: (chain) =>
      z.strictObject({
        chain,
        contract,
        tokenId: z
          .union([z.number().int().min(0), z.string().trim().min(1).max(80)])
          .describe('The token id (number of the piece).')
          .optional(),
        holder: address.describe('An address: what it holds of the collection.').optional(),
        block,
      }),
    output: Output,
    intent: ({ chain, contract, tokenId }, language) => {
      const piece = `${shorten(contract)}${tokenId === undefined ? '' : ` #${shorten(String(tokenId))}`}`;
      return language === 'zh' ? `读取 ${chain} 上的 NFT ${piece}` : `Reading the NFT ${piece} on ${chain}`;
    },
    read: async ({ tokenId, ...input }, { reader, signal, language }) => {
      const piece = tokenId === undefined ? {} : { tokenId: String(tokenId) };
      const reading = await reader.read('nft', { ...input, ...piece, signal });
      const { metadata, failure } = await readNftMetadata(reading.metadataUrl, ports, { signal, language });
      const { contract, owner, holder } = reading;
      const name = `NFT ${reading.symbol} ${reading.tokenId === null ? '' : `#${reading.tokenId} `}${contract}`;
      return {
        output: { ...reading, metadataUrl: toShortUrl(reading.metadataUrl), metadata, metadataFailure: failure },
        sources: [
          toChainSource(
            reading.block,
            {
              title: { en: name, zh: name },
              url: reading.explorerUrl,
              fact: [
                ...(owner === null ? [] : [language === 'zh' ? `所有者 ${owner}` : `owner ${owner}`]),
                ...(holder === null
                  ? []
                  : [`${holder.address} ${language === 'zh' ? '持有' : 'holds'} ${holder.balance}`]),
              ].join(', '),
            },
            language,
          ),
        ],
      };
    },
  });
}

/** Metadata that lies in its own address is shown once. */
const toShortUrl = (url: string | null) => (url?.startsWith('data:') === true ? 'data:…' : url);
