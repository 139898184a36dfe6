import { v7 } from 'uuid';
import { z } from 'zod';
import { describeEffect } from '#server/contract/describe-effect.ts';
import { TransactionAction, TransactionProposal } from '#server/contract/transaction-proposal.ts';
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
      en: 'Prepares (proposes) an unsigned transaction for the wallet of the person: send coins or tokens, approve or revoke a spender, or call a contract. Decoded, simulated, with warnings, a wallet link and JSON; the person sees it as a card and sends it themselves. Sends and signs nothing.',
      zh: '为用户自己的钱包拟定一笔未签名交易：发送（转账）原生币或代币、授权或撤销授权，或调用合约。附解码、模拟结果、风险提示、钱包链接和 JSON，以卡片展示，由用户自行发送。不签名、不发送。',
    },
    input: (chain) =>
      z.strictObject({
        chain,
        from: sender,
        to: z
          .string()
          .trim()
          .min(3)
          .max(255)
          .describe('The wallet address that receives, the spender of an approval, or the contract to call.'),
        amount: z
          .union([z.number().nonnegative(), z.string().trim().max(80)])
          .describe(
            'How much to send or approve, in whole units such as 1.5; 0 for a mere call or to revoke; "unlimited" only where the person says so.',
          ),
        token: token.describe("The token: contract or symbol. Left out: the chain's own coin.").optional(),
        action: TransactionAction.describe('What is done with the token; send unless said.').optional(),
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
      const title = { en: describeEffect(proposal, 'en'), zh: describeEffect(proposal, 'zh') };
      return {
        output: proposal,
        sources: [
          toChainSource(
            simulation.block,
            {
              title,
              url: simulation.block.explorerUrl,
              fact: {
                en: simulation.succeeds ? 'simulated: it succeeds' : 'simulated: it fails',
                zh: simulation.succeeds ? '模拟结果：成功' : '模拟结果：失败',
              },
            },
            language,
          ),
        ],
        artifacts: [{ kind: 'transaction', id: v7(), title: title[language], proposal }],
      };
    },
  });
}
