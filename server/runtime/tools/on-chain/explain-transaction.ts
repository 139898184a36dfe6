import { z } from 'zod';
import { TransactionExplanation } from '#server/contract/chain-readings.ts';
import { toChainName } from '#server/contract/to-chain-name.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';
import { shorten } from './chain-parameter.ts';
import { defineChainTool } from './define-chain-tool.ts';
import { chainOfIt, readWhereItIs } from './read-where-it-is.ts';

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
        text: toText(explanation),
        sources: [
          {
            title: `${toChainName(explanation.block?.chain ?? chain ?? '', language)}${language === 'zh' ? '：交易' : ': transaction'} ${explanation.hash}`,
            url: explanation.explorerUrl,
            excerpt: toFact(explanation, language),
          },
        ],
      };
    },
  });
}

function toFact({ status, block, from, to }: TransactionExplanation, language: 'en' | 'zh'): string {
  if (language === 'zh') {
    const place =
      block === null
        ? '尚未进入区块'
        : `区块 ${block.number}，${block.timestamp}，链 ${block.chainId}，区块哈希 ${block.hash}`;
    return `${status}；从 ${from} 到 ${to ?? '新合约'}；${place}`;
  }
  const where =
    block === null
      ? 'not in a block yet'
      : `block ${block.number}, ${block.timestamp}, chain ${block.chainId}, block hash ${block.hash}`;
  return `${status}; from ${from} to ${to ?? 'a new contract'}; ${where}`;
}

function toText(explanation: TransactionExplanation): string {
  const { call, transfers, flows, events, warnings, value, fee, createdContract } = explanation;
  const show = (amount: { formatted: string; symbol: string }) => `${amount.formatted} ${amount.symbol}`;
  const showArguments = (list: { name: string; value: string }[]) =>
    list.map((argument) => `${argument.name}=${argument.value}`).join(', ');
  return [
    `Transaction ${explanation.hash}`,
    `Status: ${toFact(explanation, 'en')}`,
    `Value: ${show(value)}`,
    `Fee: ${fee === null ? 'not known yet' : show(fee)}`,
    ...(createdContract === null ? [] : [`Created contract: ${createdContract}`]),
    `Call: ${call === null ? 'none (plain transfer)' : `${call.name}(${showArguments(call.arguments)})`}`,
    '',
    ...(transfers.length === 0
      ? ['No transfers.']
      : [
          '| Amount | Token | From | To |',
          '| --- | --- | --- | --- |',
          ...transfers.map(
            ({ amount, token, from, to }) => `| ${escapeCell(show(amount))} | ${token} | ${from} | ${to} |`,
          ),
        ]),
    ...(flows.length === 0
      ? []
      : [
          '',
          'Value flows:',
          '',
          '| Address | Received | Sent | Net |',
          '| --- | --- | --- | --- |',
          ...flows.map(
            (flow) =>
              [`| ${flow.address}`, ...[flow.received, flow.sent, flow.net].map((one) => escapeCell(show(one)))].join(
                ' | ',
              ) + ' |',
          ),
        ]),
    '',
    ...(warnings.length === 0 ? ['No warnings.'] : ['Warnings:', ...warnings.map((warning) => `- ${warning}`)]),
    '',
    ...(events.length === 0
      ? []
      : [
          'Events:',
          ...events.map((event) => `- ${event.name} at ${event.contract}: ${showArguments(event.arguments)}`),
          '',
        ]),
    `Explorer: ${explanation.explorerUrl}`,
  ].join('\n');
}

const escapeCell = (text: string) => text.replaceAll('|', '\\|');
