import { spaceChinese } from '#server/contract/space-chinese.ts';
import { chineseLabels } from '#server/runtime/models/offline-planner/labels.ts';

/** Words of columns' names that tools' own members do not have; of a sum or a mean what stands before the measure. */
const columnWords: Record<string, string> = {
  avg: '平均',
  change: '变化',
  distinct: '不同',
  moving: '移动',
  percent: '（%）',
  rank: '排名',
  running: '累计',
  stddev: '标准差',
  sum: '合计',
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
  tx_hash: '交易哈希',
  value: '数值',
};

/**
 * A column's name as an axis says it: to a reader of Chinese in Chinese, where all its words are known; else as it stands, since
 * it is the person's own or the model's.
 */
export function toColumnTitle(name: string, language: 'en' | 'zh'): string {
  if (language === 'en') return name;
  const find = (known: Record<string, string>, word: string) => (Object.hasOwn(known, word) ? known[word] : undefined);
  const whole = find(wholeNames, name) ?? find(chineseLabels, name);
  if (whole !== undefined) return whole;
  const words = name
    .replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, '_')
    .toLowerCase()
    .split(/[_\s-]+/);
  const said = words.map((word) => find(columnWords, word) ?? find(wholeNames, word) ?? find(chineseLabels, word));
  return said.some((word) => word === undefined) ? name : spaceChinese(said.join(''));
}
