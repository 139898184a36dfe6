import { z } from 'zod';
import { EnsName } from '#server/contract/chain-readings.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';
import { address } from './chain-fields.ts';
import { shorten } from './chain-parameter.ts';
import { defineChainTool, toChainSource } from './define-chain-tool.ts';

/** Nobody can have a name under `.test` (RFC 2606), so that the devnet's own cannot be mistaken for those of Ethereum. */
const chainOf = (name: string): string => (/\.test$/i.test(name) ? 'devnet' : 'ethereum');

/** What an ENS name stands for, and which name an address goes by. */
export function createEnsNameTool(ports: Pick<ToolPorts, 'chains'>) {
  return defineChainTool(ports, {
    id: 'ens-name',
    title: { en: 'ENS name and address', zh: 'ENS 域名与地址' },
    description: {
      en: 'Looks up an ENS name: the address that a name such as vitalik.eth stands for, or the primary name of an address, checked in both directions.',
      zh: '查询 ENS 域名：vitalik.eth 等名称对应的地址，或一个地址的主域名，并双向核对。',
    },
    input: (chain) =>
      z.strictObject({
        address: address.describe('The ENS name, or the 0x address.'),
        chain: chain
          .removeDefault()
          .optional()
          .describe('The chain whose names are read. Left out: Ethereum; for names under .test the devnet.'),
      }),
    output: EnsName,

    intent: ({ address }, language) =>
      language === 'zh' ? `查询 ${shorten(address)}` : `Looking up ${shorten(address)}`,
    read: async ({ address, chain = chainOf(address) }, { reader, signal, language }) => {
      const found = await reader.read('name', { name: address, chain, signal });
      return {
        output: found,
        sources: [
          toChainSource(
            found.block,
            {
              title: {
                en: `ENS name ${found.name ?? found.address ?? ''}`,
                zh: `ENS 名称 ${found.name ?? found.address ?? ''}`,
              },
              url: found.explorerUrl,
              fact: {
                en: `${found.name ?? 'no name'} is ${found.address ?? 'no address'}`,
                zh: `${found.name ?? '无名称'} 即 ${found.address ?? '无地址'}`,
              },
            },
            language,
          ),
        ],
      };
    },
  });
}
