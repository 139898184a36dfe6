import { expect, test } from 'vitest';
import { findUnsourcedFigures } from '#server/runtime/check-figures.ts';
import { checkedSentences } from '#test/support/checked-sentences.ts';

const address = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';
const evidence = [
  `{"address":"${address}","amount":{"raw":"1234500000","formatted":"1234.5","decimals":6,"symbol":"USDC"},"share":"12.34%","block":{"number":"21000000","timestamp":"2026-03-01T12:00:00.000Z"}}`,
  '{"at":"2026-03-02T09:41:30Z","change":"-7.25%","loss":"-321.5","price":"2500.12345678","gas":"2345678901","ratio":0.125,"age":2345,"list":[100,200],"supply":"44000000.123456","tiny":"0.000000000000000001"}',
];

test.each([
  ['another way of writing', 'It holds 1,234.50 USDC (raw 1234500000).'],
  ['fewer digits', 'About 2,500.12 USD, so 2500.1 or 2,500.'],
  ['digits cut off', 'The price is 2500.123456.'],
  ['a multiple in words', 'The supply is 44 million, 44.0M or 4,400万.'],
  ['a percentage', 'That is 12.34 %, or 12.3%; the ratio is 12.5%.'],
  ['the larger unit of a chain', 'Gas costs 2.35 gwei.'],
  ['lists of JSON', 'First 100, then 200.'],
  ['all its decimals', '0.000000000000000001 ETH'],
  ['dates, times and years', 'On March 1, 2026 at 12:00, 2026-03-01T12:00:00Z, 1 Mar 2026, 2026年3月1日, in 2024.'],
  ['small counts, ordinals, lists and marks', '1. It has 3 tokens on 2 chains [1].\n2) The 4th is 第 5 个.'],
  [
    'names of standards and versions',
    'ERC 4626, EIP 1559, SWC 107, Solidity ^0.8, 版本 1.2; see section 4.2 and the S&P 500.',
  ],
  [
    'ways to speak',
    'It is not 100% certain; the 2020s, 24/7, a 50-day average, p < 0.05, 1 ETH is 1e18 wei. 并非100%安全。',
  ],
  ['names that have digits', 'ERC-20, EIP-1559, Uniswap V3, ERC721 and SHA-256.'],
  ['spans of time', 'In the last 30 days, 24h, 90 天 or 365 days.'],
  ['links and shortened addresses', 'See https://etherscan.io/block/999999 and 0xd8dA…6045.'],
  ['separators of other countries', '1.234,5 USDC, 1 234,50 USDC, 1’234.5, 44.000.000 or 4,40,00,000.'],
  ['digits of full width', '约１，２３４．５ USDC，占１２．３４％。'],
  ['Chinese numerals', '供应量约四千四百万，即0.44亿；占百分之十二点三四。'],
  ['number words', 'The supply is forty-four million.'],
  ['powers of ten', '44 × 10^6, 4.4×10⁷, 4.4e7, or 1 × 10^-18 ETH.'],
  ['no space beside Chinese', '共4400万枚，占12.34%，约1234.5美元。'],
  ['basis points', 'The ratio is 1,250 bps.'],
  ['the unit behind a range', 'Between 12.3–12.4%, and 43.9–44.1M.'],
  ['ends of a narrow range', 'About 1,200–1,300 USDC.'],
  ['a symbol before it', 'USDC1,234.50 and US$1,234.5.'],
  ['code that is shown', '```sql\nSELECT * FROM t WHERE value > 777777 LIMIT 500\n```'],
  ['larger units of time', 'It took 0.65 hours, 39.1 minutes.'],
  ['levels and identifiers', 'Within the 95% interval, on chain id 8453.'],
  ['days of another time zone', 'On 2 March 2026, 02.03.2026 or 2026-02-28.'],
  ['a part of an address', 'From 0xd8dA…6045 (0xd8dA6BF26964).'],
  ['its sign', 'It fell by 7.25% (-7.25%), a loss of 321.5; 亏损 321.5。'],
  ['a dash before it', 'Held – 1234.5 USDC; the price -2500.12.'],
  ['a moment in another zone', 'At 2026-03-02 09:41 UTC, 2026-03-02 17:41:30, 2026年3月2日 17:42, 09:42 UTC.'],
  ['a ratio beside its figures', '2,500.12 is 2x of 1,234.5. 2,345 约为 1,234.5 的 2 倍。Leverage of 7x.'],
  ['a block', 'At block 21,000,000 of 0xD8DA6BF26964AF9D7EED9E03E53415D37AA96045.'],
])('a figure is known in spite of %s', (_, answer) => {
  expect(findUnsourcedFigures(answer, evidence)).toEqual([]);
});

test.each([
  ['It holds 1,234.60 USDC.', ['1,234.60']],
  ['It holds 5 ETH and 7 tokens.', ['5']],
  ['Worth $3.5 million, or 99%.', ['$3.5 million', '99%']],
  ['约 8,888 USDC，占 45.6%。', ['8,888', '45.6%']],
  ['A balance of 1.000000000000000002 ETH.', ['1.000000000000000002']],
  ['Block 20999999, twice 20999999.', ['20999999']],
  ['Over 1.3 million, or 二千三百万, or 八成.', ['1.3 million', '二千三百万', '八成']],
  ['Five million holders, seventy-seven percent.', ['Five million', 'seventy-seven percent']],
  ['It has 1.234.600 USDC, or 1 234 600.', ['1.234.600', '1 234 600']],
  ['约150万美元，第777名。', ['150万', '777']],
  ['1.5 × 10^17 wei; about 2 million.', ['1.5 × 10^17', '2 million']],
  ['| Token | Held |\n| --- | ---: |\n| USDC | 777 |', ['777']],
  ['```json\n{"held": 777}\n```', ['777']],
  ['It was on March 9, 2026, and 2025-12-24.', ['2025-12-24', 'March 9, 2026']],
  ['From 0xd8dA…9999 (0xd8dA6BF3), pepe.eth.', ['0xd8dA…9999', '0xd8dA6BF3', 'pepe.eth']],
  ['Held for 455 days.', ['455 days']],
  ['It rose by 7.25%, or +7.25%: up 7.25 %.', ['7.25%', '7.25 %']],
  ['盈利 321.5 美元，上涨了7.25%。', ['321.5', '7.25%']],
  ['At 2026-03-01 12:34 UTC and 2026-03-01T12:00:07Z.', ['2026-03-01 12:34 UTC', '2026-03-01T12:00:07Z']],
  ['2026年3月1日 9:43，即 09:43 UTC。', ['2026年3月1日 9:43', '09:43 UTC']],
  ['2,500.12 is 5x of 1,234.5; 2,345 是 1,234.5 的 9 倍。', ['5', '9']],
  ['It holds 1,234.5 of 2,500.12 USDC, which is 49.4%.', ['49.4%']],
  ['It has 3.1x of it.', ['3.1']],
  [`Send it to 0x${'1'.repeat(40)}.`, [`0x${'1'.repeat(40)}`]],
])('a figure that nothing tells is found: %s', (answer, found) => {
  expect(findUnsourcedFigures(answer, evidence)).toEqual(found);
});

test.each([
  ['F1 and F2 are the worst; F7 is the eighth.', ['F7']],
  ['F2 first, then F1.', []],
])('a finding that no audit has is found: %s', (answer, found) => {
  const audit = '{"total":2,"findings":[{"id":"F1","severity":"high"},{"id":"F2","severity":"low"}]}';
  expect(findUnsourcedFigures(answer, [audit])).toEqual(found);
});

test('a letter with a number is no finding where nothing was audited', () => {
  expect(findUnsourcedFigures('Key F7 does it.', evidence)).toEqual([]);
});

test('a long answer over a large result is checked soon', () => {
  const large = JSON.stringify(
    Array.from({ length: 20_000 }, (_, index) => ({ raw: String(index * 7919), share: `${index / 100}%` })),
  );
  const answer = Array.from({ length: 500 }, (_, index) => `${index * 7919 * 3 + 0.5}`).join(' and ');
  expect(findUnsourcedFigures(answer, [large, '9'.repeat(100_000), '1,'.repeat(50_000)]).length).toBeLessThanOrEqual(
    30,
  );
});

test('of true sentences only sums that the model made itself are marked, of lies few are missed', () => {
  for (const { language, sums, missed } of [
    { language: 'english', sums: ['70%'], missed: ['eight tokens', '6 holdings'] },
    { language: 'chinese', sums: ['70%', '155 万'], missed: ['八种代币', '6 种持仓'] },
  ] as const) {
    const sets = checkedSentences.map((set) => ({ given: set.given, ...set[language] }));
    expect(sets.flatMap(({ given, honest }) => honest.flatMap((one) => findUnsourcedFigures(one, given)))).toEqual(
      sums,
    );
    const overlooked = sets.flatMap(({ given, lies }) =>
      lies.flatMap(([lie, mark]) => (findUnsourcedFigures(lie, given).some((one) => one.includes(mark)) ? [] : [mark])),
    );
    expect(overlooked).toEqual(missed);
  }
});
