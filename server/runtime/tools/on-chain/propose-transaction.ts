import { z } from 'zod';
import { TransactionProposal } from '#server/contract/chain-readings.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';
import { calledFunction, sender, token } from './chain-fields.ts';
import { shorten } from './chain-parameter.ts';
import { defineChainTool, toChainSource } from './define-chain-tool.ts';

/** A transaction for the wallet of the person, unsigned and tried before. */
export function createProposeTransactionTool(ports: Pick<ToolPorts, 'chains'>) {
  return defineChainTool(ports, {
    id: 'propose-transaction',
    title: { en: 'Propose a transaction', zh: '拟定交易' },
    description: {
      en: 'Prepares (proposes) an unsigned transaction for the wallet of the person: send coins or tokens, or call a contract. Decoded, simulated, with warnings, a wallet link and JSON. Sends and signs nothing.',
      zh: '为用户自己的钱包拟定一笔未签名交易：发送（转账）原生币或代币，或调用合约。附解码、模拟结果、风险提示、钱包链接和 JSON。不签名、不发送。',
    },
    input: (chain) =>
      z.strictObject({
        chain,
        from: sender,
        to: z.string().trim().min(3).max(255).describe('The wallet address that receives, or the contract to call.'),
        amount: z
          .union([z.number().nonnegative(), z.string().trim().max(80)])
          .describe('How much to send, in whole units such as 1.5; 0 for a mere call.'),
        token: token.describe("The token to send: contract or symbol. Left out: the chain's own coin.").optional(),
        ...calledFunction,
      }),
    output: TransactionProposal,

    intent: ({ chain, to }, language) =>
      language === 'zh'
        ? `拟定 ${chain} 上发往 ${shorten(to)} 的交易`
        : `Preparing a transaction to ${shorten(to)} on ${chain}`,
    read: async ({ amount, ...input }, { reader, signal, language }) => {
      const proposal = await reader.read('proposal', { ...input, amount: String(amount), signal });
      const { simulation } = proposal;
      return {
        output: proposal,
        sources: [
          toChainSource(
            simulation.block,
            {
              title: {
                en: `proposed transaction to ${proposal.transaction.to}`,
                zh: `拟议交易，发往 ${proposal.transaction.to}`,
              },
              url: simulation.block.explorerUrl,
              fact: {
                en: simulation.succeeds ? 'simulated: it succeeds' : 'simulated: it fails',
                zh: simulation.succeeds ? '模拟结果：成功' : '模拟结果：失败',
              },
            },
            language,
          ),
        ],
      };
    },
  });
}
