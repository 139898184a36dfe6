import { sayOfChain } from '#server/contract/chain-words.ts';
import { describeEffect } from '#server/contract/describe-effect.ts';
import type { JsonValue } from '#server/contract/json.ts';
import { sayUnits } from '#server/contract/say-units.ts';
import { toChainName } from '#server/contract/to-chain-name.ts';
import { TransactionProposal } from '#server/contract/transaction-proposal.ts';
import { toInlineText } from './render-value.ts';
import type { Language } from './wording.ts';

const longestData = 600;

/** A proposed transaction in few lines, for the page shows all of it as a card; null: it is not told whole. */
export function renderProposal(value: JsonValue | undefined, language: Language): string | null {
  const read = TransactionProposal.safeParse(value);
  if (!read.success) return null;
  const proposal = read.data;
  const { simulation, fee, warnings, transaction } = proposal;
  const { block, changes, succeeds, reason } = simulation;
  const say = (text: string) => toInlineText(sayOfChain(text, language));
  const words = language === 'zh' ? chinese : english;
  // The line about the simulation says this one.
  const others = warnings.filter((warning) => !warning.startsWith('It would fail now:'));
  const list = (lines: string[]) => lines.map((line) => `- ${line}`).join('\n');
  const moved = changes
    .filter(({ net }) => net.raw !== '0')
    .map(({ address, net }) => `${address}: ${toInlineText(`${net.formatted} ${net.symbol}`)}`);
  const { call } = simulation;
  const called = call?.arguments.map(({ name, value }) => `${name} = ${sayUnits(value, language)}`).join(', ') ?? '';
  const parts = [
    `**${toInlineText(describeEffect(proposal, language))}**`,
    list([
      words.chain(toChainName(block.chain, language), block.chainId),
      words.from(transaction.from),
      succeeds ? words.succeeds(block.number) : words.fails(block.number, say(reason ?? 'no reason was given')),
      ...(call === null
        ? []
        : [
            words.call(toInlineText(`${call.name}(${called})`), transaction.to),
            ...(transaction.data.length > longestData ? [] : [words.data(transaction.data)]),
          ]),
      ...(transaction.value === '0x0'
        ? []
        : [words.value(`${simulation.value.formatted} ${simulation.value.symbol}`, transaction.value)]),
      ...(simulation.gas === null || transaction.gas === null
        ? []
        : [words.gas(simulation.gas, BigInt(transaction.gas).toString())]),
      ...(fee === null || !succeeds ? [] : [words.fee(`${fee.formatted} ${fee.symbol}`)]),
    ]),
    ...(moved.length === 0 ? [] : [`${words.changes}\n\n${list(moved)}`]),
    ...(others.length === 0 ? [] : [`${words.warnings}\n\n${list(others.map(say))}`]),
    succeeds ? words.unsigned : words.notToSign,
  ];
  return parts.join('\n\n');
}

const english = {
  chain: (name: string, id: number) => `Chain: ${name}, ${id}`,
  from: (address: string) => `From: ${address}`,
  succeeds: (block: string) => `Simulated at block ${block}: it succeeds`,
  fails: (block: string, reason: string) => `Simulated at block ${block}: **it fails** – ${reason}`,
  call: (call: string, contract: string) => `Calls ${contract}: ${call}`,
  data: (data: string) => `Data: \`${data}\``,
  value: (amount: string, raw: string) => `Value: ${amount} (${raw})`,
  gas: (used: string, limit: string) => `Gas: ${used} when it was tried, limit ${limit}`,
  fee: (amount: string) => `Fee, about: ${amount}`,
  changes: 'What would change:',
  warnings: 'Warnings:',
  unsigned: 'It is unsigned: the hub holds no keys and sends nothing. Check it, then send it with your own wallet.',
  notToSign: 'It is unsigned, and should stay so: the hub holds no keys and sends nothing.',
};
const chinese: typeof english = {
  chain: (name, id) => `链：${name}，${id}`,
  from: (address) => `发送方：${address}`,
  succeeds: (block) => `在区块 ${block} 模拟：成功`,
  fails: (block, reason) => `在区块 ${block} 模拟：**会失败** – ${reason}`,
  call: (call, contract) => `调用 ${contract}：${call}`,
  data: (data) => `数据：\`${data}\``,
  value: (amount, raw) => `金额：${amount}（${raw}）`,
  gas: (used, limit) => `燃料：模拟时用去 ${used}，上限 ${limit}`,
  fee: (amount) => `手续费约为：${amount}`,
  changes: '余额变化：',
  warnings: '风险提示：',
  unsigned: '这笔交易未签名：中枢不保管私钥，也不发送任何交易。请核对后用您自己的钱包发送。',
  notToSign: '这笔交易未签名，也不应签名：中枢不保管私钥，也不发送任何交易。',
};
