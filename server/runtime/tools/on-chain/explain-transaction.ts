import { z } from 'zod';
import { TransactionExplanation } from '#server/contract/chain-readings.ts';
import { toChainName } from '#server/contract/to-chain-name.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';
import { shorten } from './chain-parameter.ts';
import { defineChainTool } from './define-chain-tool.ts';
import { chainOfIt, readWhereItIs } from './read-where-it-is.ts';
import { toTransactionFact, writeTransaction } from './write-transaction.ts';

/** Says what a transaction did, with exact amounts, decoded calls and events, and warnings. */
export function createExplainTransactionTool(ports: Pick<ToolPorts, 'chains'>) {
  return defineChainTool(ports, {
    id: 'explain-transaction',
    title: { en: 'Explain a transaction', zh: '解释交易' },
    description: {
      en:
        'Reads a transaction by its hash and tells what it did: status, parties, decoded call and events, transfers and value flows with exact amounts, fee, ' +
        'and warnings (look-alike addresses, zero-value poisoning, unlimited approvals, fake tokens). Use it when a message holds a transaction hash (0x and 64 digits).',
      zh: '按哈希读取一笔交易并说明其内容：状态、双方、解码后的调用与事件、精确的转账与资金流向、手续费，以及风险提示（相似地址、零值投毒、无限授权、假代币）。消息里有交易哈希（0x 加 64 位）时使用。',
    },
    input: (chain) =>
      z.strictObject({
        chain: chainOfIt(chain),
        hash: z.string().trim().min(10).max(80).describe('The transaction hash: 0x and 64 hexadecimal digits.'),
      }),
    output: TransactionExplanation,
    timeoutMs: 40_000,
    maximumResultBytes: 60_000,
    intent: ({ chain, hash }, language) =>
      language === 'zh'
        ? `读取${chain === undefined ? '' : ` ${chain} 上的`}交易 ${shorten(hash)}`
        : `Reading transaction ${shorten(hash)}${chain === undefined ? '' : ` on ${chain}`}`,
    read: async ({ chain, hash }, { reader, signal, language }) => {
      const explanation = await readWhereItIs({ reader, chain, signal }, (place) =>
        reader.read('transaction', { chain: place, hash, signal }),
      );
      return {
        output: explanation,
        text: writeTransaction(explanation, language),
        sources: [
          {
            title: `${toChainName(explanation.block?.chain ?? chain ?? '', language)}${language === 'zh' ? '：交易' : ': transaction'} ${explanation.hash}`,
            url: explanation.explorerUrl,
            excerpt: toTransactionFact(explanation, language),
          },
        ],
      };
    },
  });
}
