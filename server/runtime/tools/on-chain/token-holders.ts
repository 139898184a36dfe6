import { z } from 'zod';
import { TokenHolders } from '#server/contract/chain-readings.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';
import { range, token } from './chain-fields.ts';
import { shorten } from './chain-parameter.ts';
import { defineChainTool, toChainSource } from './define-chain-tool.ts';

/** Who holds a token. */
export function createTokenHoldersTool(ports: Pick<ToolPorts, 'chains'>) {
  return defineChainTool(ports, {
    id: 'token-holders',
    title: { en: 'Token holders', zh: '代币持有者' },
    description: {
      en: 'Lists the holders of a token with exact balances and shares of the supply, biggest first, found from its transfers in a range (all blocks unless said).',
      zh: '列出代币的持有者（持币大户、持仓分布），附精确余额与占比，按其在区块范围内的转账查找（默认全部区块）。',
    },
    input: (chain) =>
      z.strictObject({
        chain,
        token,
        most: z.number().int().min(1).max(100).describe('How many to list, 20 unless said.').optional(),
        ...range,
      }),
    output: TokenHolders,
    timeoutMs: 60_000,

    intent: ({ chain, token }, language) =>
      language === 'zh'
        ? `查找 ${shorten(token)} 在 ${chain} 上的持有者`
        : `Finding holders of ${shorten(token)} on ${chain}`,
    read: async (input, { reader, signal, language }) => {
      const found = await reader.read('holders', { ...input, signal });
      return {
        output: found,
        sources: [
          toChainSource(
            found.block,
            {
              title: { en: `holders of ${found.symbol} ${found.token}`, zh: `${found.symbol} ${found.token} 的持有者` },
              url: found.explorerUrl,
              fact: {
                en: `${found.count} holders${found.partial === null ? '' : ' (partial)'}`,
                zh: `${found.count} 个持有者${found.partial === null ? '' : '（不完整）'}`,
              },
            },
            language,
          ),
        ],
      };
    },
  });
}
