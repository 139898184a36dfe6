import { z } from 'zod';
import { TransferList } from '#server/contract/chain-readings.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';
import { address, range, token } from './chain-fields.ts';
import { shorten } from './chain-parameter.ts';
import { defineChainTool, toChainSource } from './define-chain-tool.ts';

/** What came to an address and what left it. */
export function createTransferHistoryTool(ports: Pick<ToolPorts, 'chains'>) {
  return defineChainTool(ports, {
    id: 'transfer-history',
    title: { en: 'Transfer history', zh: '转账记录' },
    description: {
      en: 'Lists the transfers of an address (history, incoming and outgoing: coin, ERC-20, NFTs) in a range of blocks or the last days, with exact sums and warnings of poisoning.',
      zh: '列出一个地址在若干天或区块范围内的转账记录（流入与流出：原生币、ERC-20、NFT），附精确合计与投毒提示。查询转账历史、流水时使用。',
    },
    input: (chain) =>
      z.strictObject({
        chain,
        address,
        token: token.describe('Only this token: contract or symbol.').optional(),
        ...range,
      }),
    output: TransferList,
    timeoutMs: 60_000,
    maximumResultBytes: 60_000,
    intent: ({ chain, address }, language) =>
      language === 'zh'
        ? `列出 ${shorten(address)} 在 ${chain} 上的转账`
        : `Listing transfers of ${shorten(address)} on ${chain}`,
    read: async (input, { reader, signal, language }) => {
      const list = await reader.read('transfers', { ...input, signal });
      const { from, to } = list.range;
      return {
        output: list,
        sources: [
          toChainSource(
            list.block,
            {
              title: { en: `transfers of ${list.address}`, zh: `${list.address} 的转账` },
              url: list.explorerUrl,
              fact: {
                en: `${list.count} transfers in blocks ${from.number} to ${to.number}${list.partial === null ? '' : ' (partial)'}, read`,
                zh: `区块 ${from.number} 至 ${to.number} 共 ${list.count} 笔转账${list.partial === null ? '' : '（不完整）'}`,
              },
            },
            language,
          ),
        ],
      };
    },
  });
}
