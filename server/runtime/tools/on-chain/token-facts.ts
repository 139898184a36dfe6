import { z } from 'zod';
import { TokenFacts } from '#server/contract/chain-readings.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';
import { block, token } from './chain-fields.ts';
import { shorten } from './chain-parameter.ts';
import { defineChainTool, showAmount, toChainSource } from './define-chain-tool.ts';

/** What a token's contract says of itself, how it is made, and what to be careful about. */
export function createTokenFactsTool(ports: Pick<ToolPorts, 'chains'>) {
  return defineChainTool(ports, {
    id: 'token-facts',
    title: { en: 'Token facts', zh: '代币信息' },
    description: {
      en: 'Reads what a token contract is: name, symbol, decimals, total supply, owner, proxy, who can mint or pause, and warnings (fake or scam tokens). Use it to check a token.',
      zh: '读取代币合约的基本信息：名称、符号、小数位、总供应量、所有者、代理、增发或暂停权限，以及风险提示（假币、诈骗币）。检查代币时使用。',
    },
    input: (chain) => z.strictObject({ chain, token, block }),
    output: TokenFacts,
    intent: ({ chain, token }, language) =>
      language === 'zh'
        ? `在 ${chain} 上检查代币 ${shorten(token)}`
        : `Checking the token ${shorten(token)} on ${chain}`,
    read: async (input, { reader, signal, language }) => {
      const facts = await reader.read('token', { ...input, signal });
      const { totalSupply, symbol, address } = facts;
      return {
        output: facts,
        sources: [
          toChainSource(
            facts.block,
            {
              title: { en: `token ${symbol} ${address}`, zh: `代币 ${symbol} ${address}` },
              url: facts.explorerUrl,
              fact: {
                en: `${facts.standard}${totalSupply === null ? '' : `, total supply ${showAmount(totalSupply)}`}`,
                zh: `${facts.standard}${totalSupply === null ? '' : `，总供应量 ${showAmount(totalSupply)}`}`,
              },
            },
            language,
          ),
        ],
      };
    },
  });
}
