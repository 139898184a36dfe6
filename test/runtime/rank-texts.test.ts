import { expect, test } from 'vitest';
import { rankTexts } from '#server/runtime/rank-texts.ts';

const queries = [
  { title: 'Weekly inflows', text: 'What came in of stablecoins', aside: 'SELECT sum(value) FROM erc20_transfers' },
  { title: '每周净流入', text: '稳定币', aside: 'SELECT sum(value) FROM erc20_transfers' },
  { title: 'Fees by chain', text: 'Where sending costs most', aside: 'SELECT chain, avg(gas_price) FROM transactions' },
  { title: '各链的手续费', text: '按月', aside: 'SELECT chain, avg(gas_price) FROM transactions' },
  { title: 'Largest holders', text: 'By balance, without exchanges', aside: 'SELECT holder FROM balances_daily' },
  { title: '大户排名', text: '持有者的余额', aside: 'SELECT holder FROM balances_daily' },
  { title: 'Open orders', text: '', aside: 'SELECT customer, amount FROM orders' },
];
const rank = (words: string) => rankTexts(queries, words, (query) => query).map(({ title }) => title);

// Words in the language of who asks come first, then what means the same in the other one.
test.each([
  ['weekly inflow', ['Weekly inflows', '每周净流入']],
  ['净流入', ['每周净流入', 'Weekly inflows']],
  ['fees', ['Fees by chain', '各链的手续费']],
  ['手续费', ['各链的手续费', 'Fees by chain']],
  ['largest holders', ['Largest holders', '大户排名']],
  ['大户', ['大户排名', 'Largest holders']],
])('%s', (words, first) => {
  expect(rank(words).slice(0, 2)).toEqual(first);
});

test('a part of a Chinese word finds it', () => {
  expect(rank('流入')[0]).toBe('每周净流入');
});

test('one word that stands only aside finds nothing, two do', () => {
  expect(rank('customer')).toEqual([]);
  expect(rank('customer amount')).toEqual(['Open orders']);
  expect(rank('weather')).toEqual([]);
});
