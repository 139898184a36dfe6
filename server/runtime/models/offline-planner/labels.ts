/** Names that their own words do not say well. */
export const englishLabels: Record<string, string> = {
  low80: 'Low (80 %)',
  high80: 'High (80 %)',
  low95: 'Low (95 %)',
  high95: 'High (95 %)',
  mae: 'MAE',
  smape: 'sMAPE (%)',
  mase: 'MASE',
  rsi: 'RSI',
  macd: 'MACD',
  sma: 'SMA',
  ema: 'EMA',
  herfindahl: 'HHI',
  isOwn: 'Yours',
  explorerUrl: 'Explorer link',
  tvl: 'TVL',
  tvlUsd: 'TVL in dollars',
  feePercent: 'Fee (%)',
  aprPercent: 'APR (%)',
  apyPercent: 'APY (%)',
  growthPercent: 'Growth of a share (%)',
  priceChangePercent: 'Price change (%)',
  impermanentLossPercent: 'Impermanent loss (%)',
  againstHoldingPercent: 'Against holding, fees included (%)',
  feesValue: 'Fees together',
  daysRead: 'Days',
  totalUsd: 'Total value',
  freshUsd: 'Total value without stale prices',
  priceUsd: 'Price (USD)',
  valueUsd: 'Value',
  counterpartyOrder: 'Counterparties in order',
};

/** Labels of members whose value is no address: a price comes from somewhere, nobody sent it. */
export const chineseLabelsOfWords: Record<string, string> = { from: '来自', to: '至', in: '所在' };

/** What words among the values of a member say, in Chinese. */
export const chineseValues: Record<string, Record<string, string>> = {
  direction: { in: '转入', out: '转出', self: '转给自己' },
  coin: { traced: '由追踪得出', transactions: '仅来自交易', 'not read': '未读取' },
  token: { native: '原生币' },
  from: { par: '按面值' },
  by: { transfers: '转账笔数', received: '收到的数额', sent: '发出的数额' },
  status: { success: '成功', failed: '失败', reverted: '已回滚', pending: '待处理' },
};
