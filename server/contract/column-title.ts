import { chineseLabels } from './chinese-labels.ts';
import { spaceChinese } from './space-chinese.ts';

/** Words of columns' names that tools' own members do not have; of a sum or a mean what stands before the measure. */
const columnWords: Record<string, string> = {
  active: '活跃',
  addr: '地址',
  agent: '智能体',
  amounts: '数额',
  apr: 'APR',
  apy: 'APY',
  avg: '平均',
  balances: '余额',
  borrow: '借款',
  borrows: '借款',
  btc: 'BTC',
  burn: '销毁',
  burns: '销毁',
  buy: '买入',
  buyer: '买方',
  buyers: '买方',
  buys: '买入',
  cap: '值',
  chains: '链',
  change: '变化',
  city: '城市',
  close: '收盘',
  collateral: '抵押品',
  collection: '藏品集',
  country: '国家',
  cumulative: '累计',
  current: '当前',
  customer: '客户',
  customers: '客户',
  daily: '每日',
  debt: '债务',
  deposit: '存入',
  deposits: '存入',
  distinct: '不同',
  dollars: '美元价值',
  eth: 'ETH',
  gas: 'Gas',
  gross: '毛',
  growth: '增长',
  high: '最高',
  inflow: '流入',
  inflows: '流入',
  item: '条目',
  level: '级别',
  loss: '亏损',
  low: '最低',
  market: '市场',
  mint: '铸造',
  mints: '铸造',
  minute: '分钟',
  monthly: '每月',
  moving: '移动',
  new: '新增',
  nft: 'NFT',
  nfts: 'NFT',
  open: '开盘',
  order: '订单',
  orders: '订单',
  outflow: '流出',
  outflows: '流出',
  pct: '（%）',
  percent: '（%）',
  percentage: '（%）',
  previous: '上一期',
  product: '产品',
  products: '产品',
  project: '项目',
  protocol: '协议',
  quantity: '数量',
  quarter: '季度',
  rank: '排名',
  rate: '比率',
  ratio: '比率',
  receiver: '接收方',
  recipient: '接收方',
  region: '地区',
  repay: '还款',
  return: '回报',
  returns: '回报',
  revenue: '收入',
  reward: '奖励',
  rewards: '奖励',
  running: '累计',
  runs: '运行',
  sales: '销售',
  score: '得分',
  sell: '卖出',
  seller: '卖方',
  sellers: '卖方',
  sells: '卖出',
  sender: '发送方',
  senders: '发送方',
  sessions: '会话',
  staked: '质押',
  stddev: '标准差',
  sum: '合计',
  swap: '兑换',
  swaps: '兑换',
  total: '合计',
  trade: '成交',
  trades: '成交',
  transfer: '转账',
  tvl: '锁仓量（TVL）',
  tx: '交易',
  txs: '交易',
  unique: '独立',
  usd: '（美元）',
  user: '用户',
  users: '用户',
  visits: '访问',
  volume: '成交量',
  wallet: '钱包',
  wallets: '钱包',
  weekly: '每周',
  whale: '巨鲸',
  whales: '巨鲸',
  withdrawal: '提取',
  withdrawals: '提取',
  year: '年',
  yield: '收益率',
};
/** Names that are read in another order than their words stand in. */
const wholeNames: Record<string, string> = {
  block_number: '区块号',
  block_time: '区块时间',
  contract_address: '合约地址',
  market_cap: '市值',
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
/** A name of small letters, however its words are parted, has no writing of its own. */
const machineName = /^[a-z][a-z\d]*(?:[_ -][a-z\d]+)*$|^[a-z]+(?:[A-Z][a-z\d]*)+$/;
/** How names begin that count something. */
const counting = [['num'], ['number', 'of'], ['count', 'of'], ['cnt']];

/**
 * A column's name as a title: `total_value` is "Total value" and 总价值. In Chinese where all its words are known, else readable as it
 * stands. A name that a person wrote for people ("Total (USD)", "Uniswap Volume", 总额) is their own title and stays.
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
  const before = counting.find((start) => words.length > start.length && start.every((word, at) => words[at] === word));
  if (before !== undefined) {
    const counted = words.slice(before.length);
    const what = toChinese(counted.join('_'), counted);
    return what === null ? null : withChinese(what, '数');
  }
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
