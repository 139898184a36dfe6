import { chineseLabels } from './chinese-labels.ts';
import { spaceChinese } from './space-chinese.ts';

/** Words of columns' names that tools' own members do not have; of a sum or a mean what stands before the measure. */
const columnWords: Record<string, string> = {
  active: '活跃',
  addr: '地址',
  avg: '平均',
  change: '变化',
  cumulative: '累计',
  daily: '每日',
  distinct: '不同',
  dollars: '美元价值',
  eth: 'ETH',
  btc: 'BTC',
  inflow: '流入',
  inflows: '流入',
  monthly: '每月',
  moving: '移动',
  new: '新增',
  outflow: '流出',
  outflows: '流出',
  pct: '（%）',
  percent: '（%）',
  rank: '排名',
  receiver: '接收方',
  recipient: '接收方',
  running: '累计',
  sender: '发送方',
  senders: '发送方',
  stddev: '标准差',
  sum: '合计',
  swap: '兑换',
  swaps: '兑换',
  trade: '成交',
  trades: '成交',
  transfer: '转账',
  tvl: '锁仓量（TVL）',
  tx: '交易',
  txs: '交易',
  usd: '（美元）',
  user: '用户',
  users: '用户',
  volume: '成交量',
  wallet: '钱包',
  wallets: '钱包',
  weekly: '每周',
  total: '合计',
  year: '年',
};
/** Names that are read in another order than their words stand in. */
const wholeNames: Record<string, string> = {
  block_number: '区块号',
  block_time: '区块时间',
  contract_address: '合约地址',
  moving_average: '移动平均',
  running_total: '累计',
  share_percent: '占比（%）',
  symbol: '代币',
  total_tokens: '代币总量',
  total_value: '总价值',
  transaction_count: '交易数',
  transfer_count: '转账数',
  tx_count: '交易数',
  tx_hash: '交易哈希',
  usd: '美元',
  value: '数值',
};

/** What English writes otherwise than with one capital. */
const englishWords: Record<string, string> = {
  avg: 'average',
  cnt: 'count',
  max: 'highest',
  min: 'lowest',
  num: 'number of',
  pct: 'percent',
  qty: 'quantity',
  tx: 'transaction',
  txs: 'transactions',
  addr: 'address',
  ...Object.fromEntries(
    ['usd', 'eth', 'btc', 'id', 'tvl', 'apr', 'apy', 'nft', 'usdc', 'usdt', 'dai', 'url', 'hhi'].map((word) => [
      word,
      word.toUpperCase(),
    ]),
  ),
};
const machineName = /^[a-z][a-z\d]*(?:_[a-z\d]+)*$|^[a-z]+(?:[A-Z][a-z\d]*)+$/;

/**
 * A column's name as a title: `total_value` is "Total value" and 总价值. In Chinese where all its words are known, else readable as it
 * stands. A name that a person wrote for people ("Total (USD)", 总额) is their own title and stays.
 */
export function toColumnTitle(name: string, language: 'en' | 'zh'): string {
  const words = name
    .replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, '_')
    .toLowerCase()
    .split(/[_\s-]+/);
  return (language === 'zh' ? toChinese(name, words) : null) ?? (machineName.test(name) ? toEnglish(words) : name);
}

const find = (known: Record<string, string>, word: string) => (Object.hasOwn(known, word) ? known[word] : undefined);

function toChinese(name: string, words: string[]): string | null {
  const whole = find(wholeNames, name) ?? find(chineseLabels, name);
  if (whole !== undefined) return whole;
  const said = words.map((word) => find(columnWords, word) ?? find(wholeNames, word) ?? find(chineseLabels, word));
  return said.some((word) => word === undefined) ? null : spaceChinese(said.join(''));
}

function toEnglish(words: string[]): string {
  if (words.join('').length < 2) return words.join('');
  const text = words.map((word) => find(englishWords, word) ?? word).join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A title with Chinese behind it: Latin letters keep a space. */
export const withChinese = (title: string, behind: string): string => spaceChinese(`${title}${behind}`);
