import { expect, test } from 'vitest';
import { toColumnTitle } from '#server/contract/column-title.ts';

test.each([
  ['total_value', 'Total value', '总价值'],
  ['transfer_count', 'Transfer count', '转账数'],
  ['num_holders', 'Number of holders', '持有者数'],
  ['number of wallets', 'Number of wallets', '钱包数'],
  ['active wallets', 'Active wallets', '活跃钱包'],
  ['Week', 'Week', '周'],
  ['volume_usd', 'Volume USD', '成交量（美元）'],
  ['avg_price', 'Average price', '平均价格'],
  ['blockTime', 'Block time', '区块时间'],
  ['whale_score', 'Whale score', '巨鲸得分'],
  ['quux_score', 'Quux score', 'Quux score'],
  ['x', 'x', 'x'],
  ['Total (USD)', 'Total (USD)', 'Total (USD)'],
  ['总额', '总额', '总额'],
  ['token.id', 'token.id', 'token.id'],
  ['constructor', 'Constructor', 'Constructor'],
])('a column %s is %s and %s', (name, english, chinese) => {
  expect([toColumnTitle(name, 'en'), toColumnTitle(name, 'zh')]).toEqual([english, chinese]);
});
