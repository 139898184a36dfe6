import { sayUnits } from '#server/contract/say-units.ts';
import type { TransactionExplanation } from '#server/contract/chain-readings.ts';
import { sayOfChain } from '#server/contract/chain-words.ts';

type Language = 'en' | 'zh';
type Amount = { formatted: string; symbol: string };

const words = {
  en: {
    transaction: 'Transaction ',
    status: 'Status: ',
    value: 'Value: ',
    fee: 'Fee: ',
    noFee: 'not known yet',
    created: 'Created contract: ',
    call: 'Call: ',
    plain: 'none (plain transfer)',
    noTransfers: 'No transfers.',
    transfers: '| Amount | Token | From | To |',
    flows: 'Value flows:',
    flow: '| Address | Received | Sent | Net |',
    noWarnings: 'No warnings.',
    warnings: 'Warnings:',
    events: 'Events:',
    event: (name: string, contract: string) => `${name} at ${contract}: `,
    explorer: 'Explorer: ',
  },
  zh: {
    transaction: '交易 ',
    status: '状态：',
    value: '金额：',
    fee: '手续费：',
    noFee: '尚不清楚',
    created: '创建的合约：',
    call: '调用：',
    plain: '无（普通转账）',
    noTransfers: '没有转账。',
    transfers: '| 数量 | 代币 | 发送方 | 接收方 |',
    flows: '资金流向：',
    flow: '| 地址 | 收到 | 发出 | 净额 |',
    noWarnings: '没有警示。',
    warnings: '警示：',
    events: '事件：',
    event: (name: string, contract: string) => `${contract} 的 ${name}：`,
    explorer: '浏览器链接：',
  },
};

const statuses: Record<TransactionExplanation['status'], string> = {
  success: '成功',
  reverted: '已回滚',
  pending: '待处理',
};

/** How a transaction ended, whose it was and where it is, in one line. Pure. */
export function toTransactionFact({ status, block, from, to }: TransactionExplanation, language: Language): string {
  if (language === 'zh') {
    const place =
      block === null
        ? '尚未进入区块'
        : `区块 ${block.number}，${block.timestamp}，链 ${block.chainId}，区块哈希 ${block.hash}`;
    return `${statuses[status]}；从 ${from} 到 ${to ?? '新合约'}；${place}`;
  }
  const where =
    block === null
      ? 'not in a block yet'
      : `block ${block.number}, ${block.timestamp}, chain ${block.chainId}, block hash ${block.hash}`;
  return `${status}; from ${from} to ${to ?? 'a new contract'}; ${where}`;
}

/** What a transaction did, for whoever reads it as text: exact amounts, each event and each warning. Pure. */
export function writeTransaction(explanation: TransactionExplanation, language: Language): string {
  const { call, transfers, flows, events, warnings, value, fee, createdContract } = explanation;
  const say = words[language];
  const showArguments = (list: { name: string; value: string }[]) =>
    list.map((argument) => `${argument.name}=${sayUnits(argument.value, language)}`).join(', ');
  return [
    `${say.transaction}${explanation.hash}`,
    `${say.status}${toTransactionFact(explanation, language)}`,
    `${say.value}${show(value)}`,
    `${say.fee}${fee === null ? say.noFee : show(fee)}`,
    ...(createdContract === null ? [] : [`${say.created}${createdContract}`]),
    `${say.call}${call === null ? say.plain : `${call.name}(${showArguments(call.arguments)})`}`,
    '',
    ...(transfers.length === 0
      ? [say.noTransfers]
      : [
          say.transfers,
          '| --- | --- | --- | --- |',
          ...transfers.map(({ amount, token, from, to }) => `| ${toCell(show(amount))} | ${token} | ${from} | ${to} |`),
        ]),
    ...(flows.length === 0
      ? []
      : [
          '',
          say.flows,
          '',
          say.flow,
          '| --- | --- | --- | --- |',
          ...flows.map(
            ({ address, received, sent, net }) =>
              `| ${[address, ...[received, sent, net].map((one) => toCell(show(one)))].join(' | ')} |`,
          ),
        ]),
    '',
    ...(warnings.length === 0
      ? [say.noWarnings]
      : [say.warnings, ...warnings.map((warning) => `- ${sayOfChain(warning, language)}`)]),
    '',
    ...(events.length === 0
      ? []
      : [
          say.events,
          ...events.map(
            ({ name, contract, arguments: given }) => `- ${say.event(name, contract)}${showArguments(given)}`,
          ),
          '',
        ]),
    `${say.explorer}${explanation.explorerUrl}`,
  ].join('\n');
}

const show = ({ formatted, symbol }: Amount) => `${formatted} ${symbol}`;

const toCell = (text: string) => text.replaceAll('|', '\\|');
