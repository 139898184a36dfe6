import { z } from 'zod';
import { TransactionList } from '#server/contract/transaction-list.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';
import { address, block } from './chain-fields.ts';
import { shorten } from './chain-parameter.ts';
import { defineChainTool, showAmount, toChainSource } from './define-chain-tool.ts';

const most = z.number().int().min(1).max(50).describe('How many to list, 10 unless said.').optional();

/** The newest transactions of an address, or those of a block. */
export function createListTransactionsTool(ports: Pick<ToolPorts, 'chains'>) {
  return defineChainTool(ports, {
    id: 'list-transactions',
    title: { en: 'Transactions', zh: '交易列表' },
    description: {
      en:
        'Lists the newest (last) transactions that an address sent or received, or all transactions of a block by its number, with hash, call, value, status and fee, ' +
        'and how many of a block failed. Use explain-transaction for what one of them moved.',
      zh: '列出某个地址最新（最近）发出或收到的交易，或某个区块里的全部交易：哈希、调用的函数、金额、状态与手续费，以及区块里失败的笔数。',
    },
    input: (chain) =>
      z.strictObject({
        chain,
        address: address.optional().describe('Whose transactions. Left out: all of the block.'),
        block: block.describe('Of this block; beside an address, up to this block. Left out: the latest.'),
        most,
      }),
    output: TransactionList,
    maximumResultBytes: 60_000,
    intent: ({ chain, address, block }, language) => {
      if (address === undefined && language === 'zh')
        return `读取 ${chain} 上${block === undefined ? '最新区块' : `区块 ${block} `}的交易`;
      const whose = address === undefined ? String(block ?? 'latest') : shorten(address);
      return language === 'zh' ? `读取 ${chain} 上 ${whose} 的交易` : `Reading transactions of ${whose} on ${chain}`;
    },
    read: async (input, { reader, signal, language }) => {
      const list = await reader.read('transactions', { ...input, signal });
      const { number } = list.block;
      return {
        output: list,
        sources: [
          toChainSource(
            list.block,
            {
              title:
                list.address === null
                  ? { en: `transactions of block ${number}`, zh: `区块 ${number} 的交易` }
                  : { en: `transactions of ${list.address}`, zh: `${list.address} 的交易` },
              url: list.explorerUrl,
              fact: toFact(list),
            },
            language,
          ),
        ],
      };
    },
  });
}

function toFact({ address, count, transactions: [first] }: TransactionList) {
  if (address === null || first === undefined) return { en: `${count} transactions, read`, zh: `${count} 笔交易` };
  const { hash, blockNumber, timestamp, value, fee } = first;
  return {
    en: `the newest is ${hash} in block ${blockNumber}, ${timestamp}: ${showAmount(value)}, fee ${showAmount(fee)}; read`,
    zh: `最新的一笔是区块 ${blockNumber}（${timestamp}）里的 ${hash}：${showAmount(value)}，手续费 ${showAmount(fee)}`,
  };
}
