import type { LocalizedText } from './localized-text.ts';

/** What readings of pools and vaults say beside their figures. */
export const yieldWords: readonly LocalizedText[] = [
  {
    en: 'Annual rates go on from {days} days that are over: they are no forecast, and nothing here is advice.',
    zh: '年化数字由已过去的 {days} 天推算：不是预测，也不构成任何建议。',
  },
  {
    en: 'The annual rate is of the fees of all swaps alone: impermanent loss, gas and rewards of other programmes are not in it.',
    zh: '年化收益率仅计全部兑换的手续费：不含无常损失、gas 与其他激励。',
  },
  {
    en: 'A pool of this kind does not tell its fee: {fee} % is counted as its first makers set it, and a copy of it may take another.',
    zh: '这类资金池不在链上说明费率：此处按原始版本的 {fee} % 计算，仿制版本的费率可能不同。',
  },
  {
    en: 'In a pool of concentrated liquidity each position earns differently: the rate is the average of all that lies in it.',
    zh: '在集中流动性的资金池中，每个头寸的收益各不相同：该数字是池内全部资金的平均。',
  },
  {
    en: 'What a share is worth is what the vault says itself: whether it can be paid out is another matter.',
    zh: '份额价值由金库自己报告：能否兑付是另一回事。',
  },
  {
    en: 'What lay in the pool at the beginning is not known: its state is gone and no event tells it.',
    zh: '无法得知期初资金池中的数额：当时的状态已不再保存，也没有事件可以说明。',
  },
  {
    en: 'What a share came to at the beginning is not known: its state is gone and no event tells it.',
    zh: '无法得知期初每份的价值：当时的状态已不再保存，也没有事件可以说明。',
  },
];
