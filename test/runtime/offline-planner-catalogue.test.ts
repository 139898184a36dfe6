import { expect, test } from 'vitest';
import { createToolCatalogue } from '#server/runtime/tools/catalogue.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';
import { toModelSchema } from '#server/runtime/tools/tool-schema.ts';
import { converse, tool } from '#test/support/offline-planner-tools.ts';
import { callTool } from '#test/support/call-tool.ts';

const notHere = () => Promise.reject(new Error('not in this test'));
const ports: ToolPorts = {
  now: () => new Date('2026-11-23T12:00:00Z'),
  fetch: notHere,
  readPage: async () => Promise.reject(new Error('Nothing is read here.')),
  drawChart: async () => ({ svg: '<svg/>' }),
  runCode: notHere,
  createImage: null,
  makeThumbnail: notHere,
  ipfsGateway: 'https://ipfs.example',
  auditContract: notHere,
  analysePoints: { forecast: notHere, indicators: notHere },
  chains: {
    chains: () => ['ethereum', 'base', 'arbitrum'].map((slug, id) => ({ id, name: slug, slug })),
    read: notHere,
  },
};
const catalogue = createToolCatalogue(ports);
const bound = catalogue.list().map((one) => tool(one.id, one.description.en, toModelSchema(one)));
const describeTool = (id: string) => catalogue.find(id);
const address = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';

test.each([
  ['(1250.75 - 3%) * 12', 'calculator'],
  ['What date is 90 days after 2026-01-15?', 'time'],
  ['how many days until 2026-12-25?', 'time'],
  ['convert 14:30 from Tokyo to London', 'time'],
  ['现在纽约几点', 'time'],
  ['read https://example.org/a', 'read-web-page'],
  ['plot\n\nmonth,sales,cost\n2026-01,5,2\n2026-02,7,3', 'chart'],
  ['pie chart: apples 3, pears 5', 'chart'],
  ['Forecast this\n\nmonth,sales\n2026-01,5\n2026-02,7', 'forecast'],
  ['draw a poster for a tea house', 'generate-image'],
  ['生成一张日落的图片', 'generate-image'],
  [`balance of ${address}`, 'token-balance'],
  [`USDC balance of ${address} on Arbitrum`, 'token-balance'],
  [`解释交易 0x${'ab'.repeat(32)}`, 'explain-transaction'],
  ['Audit this contract:\n```solidity\npragma solidity ^0.8.20;\ncontract A {}\n```', 'audit-contract'],
  ['审计这份合约：\n```solidity\npragma solidity ^0.8.20;\ncontract A {}\n```', 'audit-contract'],
  ['这个合约有漏洞吗？\n```sol\ncontract A { function f() public {} }\n```', 'audit-contract'],
  [
    'Are there vulnerabilities in this?\n\npragma solidity ^0.8.20;\n\ncontract A {\n  uint256 public total;\n\n  function f() public { total += 1; }\n}',
    'audit-contract',
  ],
  ['Run this code:\n```js\n[1, 2].length\n```', 'run-code'],
])('the hub’s own tools take what the planner fills: %s', async (request, name) => {
  const { calls } = await converse([request], bound, () => 'done');
  expect(calls.map((call) => call.name)).toEqual([name]);
  expect(catalogue.find(name)?.input.safeParse(calls[0]?.args)).toMatchObject({ success: true });
});

test.each([
  ['one after the other', 'Audit both:\n```solidity\ncontract A { uint x; }\n```\n```sol\ncontract B { uint x; }\n```'],
  ['apart', '审计这两份合约：\n\n```solidity\ncontract A { uint x; }\n```\n\n```solidity\ncontract B { uint x; }\n```'],
  ['with their names', 'Audit A.sol:\n```\ncontract A { uint x; }\n```\nB.sol:\n```\ncontract B { uint x; }\n```'],
])('all contracts of a message are audited together: %s', async (_, request) => {
  const { calls } = await converse([request], bound, () => 'done');
  const source_code = '// File: A.sol\ncontract A { uint x; }\n\n// File: B.sol\ncontract B { uint x; }\n';
  expect(calls).toEqual([{ name: 'audit-contract', args: { source_code } }]);
});

const other = '0x1111111111111111111111111111111111111111';

test.each<[string, string, Record<string, unknown>]>([
  [`What is the portfolio of ${address}?`, 'portfolio', { address }],
  [`${address} 的全部资产有哪些？`, 'portfolio', { address }],
  [`What is ${address} worth?`, 'portfolio', { address, withValues: true }],
  [`How much is the portfolio of ${address} worth in dollars?`, 'portfolio', { address, withValues: true }],
  [`Total value of ${address} in USD on Base`, 'portfolio', { address, chains: ['base'], withValues: true }],
  [`${address} 值多少钱？`, 'portfolio', { address, withValues: true }],
  [`${address} 一共值多少美元？`, 'portfolio', { address, withValues: true }],
  [`${address} 的总值`, 'portfolio', { address, withValues: true }],
  [`What is the token ${address} worth?`, 'token-price', { token: address }],
  [`Is the token ${address} legit? Token facts please`, 'token-facts', { token: address }],
  [`查一下代币 ${address} 的基本信息`, 'token-facts', { token: address }],
  ['What is the total supply of USDC on Base?', 'token-facts', { token: 'USDC', chain: 'base' }],
  [`List the transfers of ${address} in the last 7 days`, 'transfer-history', { address, days: 7 }],
  [`${address} 最近3天的转账记录`, 'transfer-history', { address, days: 3 }],
  ['What is the price of ETH?', 'token-price', { token: 'ETH' }],
  ['比特币现在什么价格？', 'token-price', { token: 'BTC' }],
  ['USDC price on arbitrum', 'token-price', { token: 'USDC', chain: 'arbitrum' }],
  ['Which address is vitalik.eth?', 'ens-name', { address: 'vitalik.eth' }],
  ['vitalik.eth 这个域名对应哪个地址', 'ens-name', { address: 'vitalik.eth' }],
  ['How much is gas on Base now?', 'gas-price', { chain: 'base' }],
  ['以太坊现在的 Gas 价格是多少', 'gas-price', { chain: 'ethereum' }],
  ['Show block 20000000', 'read-block', { block: 20_000_000 }],
  ['以太坊最新区块高度', 'read-block', { chain: 'ethereum' }],
  [`What was the last transaction of ${address}?`, 'list-transactions', { address }],
  [`${address} 最近的一笔交易`, 'list-transactions', { address }],
  ['Which transactions of block 300 failed?', 'list-transactions', { block: 300 }],
  [`Did ${address} move anything today?`, 'transfer-history', { address }],
  [`Storage slot 3 of contract ${address}`, 'storage-slot', { contract: address, slot: 3 }],
  [`读取合约 ${address} 的存储槽 3`, 'storage-slot', { contract: address, slot: 3 }],
  [`Who are the top holders of token ${address}?`, 'token-holders', { token: address }],
  ['USDC 的持有者有哪些', 'token-holders', { token: 'USDC' }],
  [`What is the profit and loss of wallet ${address}?`, 'wallet-profit', { address }],
  [`钱包 ${address} 的盈亏是多少？`, 'wallet-profit', { address }],
  [`Who are the counterparties of ${address}?`, 'wallet-activity', { address }],
  [`${address} 的交易对手有哪些？`, 'wallet-activity', { address }],
  ['How concentrated is USDC? What is its Gini coefficient?', 'token-distribution', { token: 'USDC' }],
  ['USDC 的集中度如何', 'token-distribution', { token: 'USDC' }],
  ['What is the liquidity of USDC?', 'token-liquidity', { token: 'USDC' }],
  ['USDC 的流动性如何', 'token-liquidity', { token: 'USDC' }],
  [`Audit the contract at ${address}`, 'audit-deployed-contract', { contract: address }],
  [`审计合约 ${address}`, 'audit-deployed-contract', { contract: address }],
  [`Call the function "owner()" of contract ${address}`, 'read-contract', { contract: address, function: 'owner()' }],
  [`读取合约 ${address} 的函数“totalSupply”`, 'read-contract', { contract: address, function: 'totalSupply' }],
  [
    `Event logs "Transfer" of contract ${address} in the last 2 days`,
    'event-logs',
    { contract: address, event: 'Transfer', days: 2 },
  ],
  [`合约 ${address} 的事件日志“Approval”`, 'event-logs', { contract: address, event: 'Approval' }],
  [`Who owns the NFT with token id 5 of contract ${address}?`, 'nft', { contract: address, tokenId: 5 }],
  [`合约 ${address} 的 NFT 编号 5 归谁所有`, 'nft', { contract: address }],
  [`Simulate a call from ${address} to ${other}`, 'simulate-call', { from: address, to: other }],
  [`模拟从 ${address} 到 ${other} 的调用`, 'simulate-call', { from: address, to: other }],
  [
    `Prepare a transaction: send 0.5 ETH from ${address} to ${other}`,
    'propose-transaction',
    { from: address, to: other, amount: 0.5, token: 'ETH' },
  ],
  [
    `拟定一笔交易：从 ${address} 向 ${other} 发送 2 USDC`,
    'propose-transaction',
    { from: address, to: other, amount: 2, token: 'USDC' },
  ],
])('a plain question in either language finds its on-chain tool: %s', async (request, name, expected) => {
  const { calls } = await converse([request], bound, () => 'done', { describeTool });
  expect(calls[0]).toMatchObject({ name, args: expected });
  expect(catalogue.find(name)?.input.safeParse(calls[0]?.args)).toMatchObject({ success: true });
});

test.each([
  [`What does ${address} hold?`, 'What is it worth in dollars?'],
  [`${address} 持有什么？`, '它值多少钱？'],
  [`${address} 持有什么？`, '总共值多少钱？'],
])('what was read before is valued when “it” is asked about: %s %s', async (first, second) => {
  const { calls } = await converse([first, second], bound, () => 'done', { describeTool });
  expect(calls.at(-1)).toEqual({ name: 'portfolio', args: { address, withValues: true } });
  expect(calls[0]?.args).not.toHaveProperty('withValues');
});

test.each([`What does ${address} hold and what is it worth?`, `${address} 持有什么？总共值多少美元？`])(
  'what is held and what it is worth are one reading: %s',
  async (request) => {
    const { calls } = await converse([request], bound, () => 'done', { describeTool });
    expect(calls).toEqual([{ name: 'portfolio', args: { address, withValues: true } }]);
  },
);

test.each([
  [`What is ${address} worth? Show it as a pie chart.`, 'dollars by symbol'],
  [`${address} 值多少美元？画成饼图。`, '各代币的美元价值'],
])('what holdings are worth is drawn, and not amounts of several tokens together: %s', async (request, title) => {
  const toAmount = (formatted: string, symbol: string) => ({ raw: '1', formatted, decimals: 1, symbol });
  const held = { chain: 'Ethereum', token: 'native', amount: toAmount('2', 'ETH'), isWellKnown: true };
  const priceSource = { from: 'Chainlink', contract: other, ageSeconds: 9, isStale: false, explorerUrl: null };
  const holdings = [
    { ...held, priceUsd: '2500', valueUsd: toAmount('5000', 'USD'), priceSource },
    { ...held, token: other, amount: toAmount('9', 'ABC') },
  ];
  const result = JSON.stringify({ totalUsd: toAmount('5000', 'USD'), holdings, notValued: [{ ...held, reason: 'x' }] });
  const { calls } = await converse([request], bound, () => result, { describeTool });
  const data = [{ symbol: 'ETH', chain: 'Ethereum', token: 'native', dollars: 5000 }];
  expect(calls.at(-1)).toMatchObject({ name: 'chart', args: { title, data } });
});

test('whose worth is meant is asked, where nobody was named', async () => {
  const { calls, texts } = await converse(['What is my portfolio worth?'], bound, () => 'done', { describeTool });
  expect([calls, texts[0]]).toEqual([[], expect.stringContaining('address')]);
});

test.each([
  'run code that groups the sales by region',
  'Use JavaScript to filter and sum this data',
  '运行代码，整理数据并求和',
  'What does this do?\n```solidity\ncontract A {}\n```',
])('code that nobody wrote is neither made up nor asked for: %s', async (request) => {
  const { calls, texts } = await converse([request], bound, () => 'done');
  expect(calls.map((call) => call.name)).not.toContain('run-code');
  expect(texts[0]).not.toMatch(/ES2023/);
});

test.each([
  ['what is 15% of 80?', '**12**'],
  ['今天之后3天是星期几', '2026-11-26'],
  ['东京现在几点？', '2026-11-23T21:00:00+09:00'],
  ['how many days between 2026-01-01 and 2026-03-01', 'Calendar days: 59'],
  ['bar chart: apples 3, pears 5', '**Title**: value by label'],
  ['sqrt(-1) + 2', 'did not work'],
])('the answer has what the tool found: %s', async (request, part) => {
  const run = async (call: { name: string; args: Record<string, unknown> }) => {
    const found = catalogue.find(call.name);
    if (found === null) throw new Error(`No tool ${call.name}`);
    const { isError, output, textForModel } = await callTool(found, call.args);
    return isError ? (output as { error: string }) : textForModel;
  };
  const { texts } = await converse([request], bound, run);
  expect(texts[0]).toContain(part);
});

const columns = [
  ['day', 'DATE'],
  ['sales', 'BIGINT'],
];
const tables = ['shop_days', 'btc_days', 'btc_prices'].map((name) => ({ name, description: '', rows: 90, columns }));

test.each([
  ['Profile the table shop_days', 'profile-table'],
  ['看看数据表 shop_days 的概况和缺失值', 'profile-table'],
  ['Forecast the column sales of table shop_days', 'forecast'],
  ['预测 shop_days 接下来的走势', 'forecast'],
  ['RSI and MACD of the table btc_days', 'indicators'],
  ['计算 btc_prices 的均线和最大回撤', 'indicators'],
])('what is to be analysed is looked at first: %s', async (request, name) => {
  const { calls } = await converse([request], bound, (call) => {
    const asked = call.args['name'];
    return call.name === 'list-tables'
      ? JSON.stringify({ tables: tables.filter((table) => asked === undefined || table.name === asked), note: '' })
      : 'done';
  });
  expect(calls.map((call) => call.name)).toEqual(['list-tables', 'list-tables', name]);
  expect(catalogue.find(name)?.input.safeParse(calls[2]?.args)).toMatchObject({ success: true });
});

const usdc = '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48';

test.each([
  [`Send 10 USDC from ${address} to ${other}`, { from: address, to: other, amount: 10, token: 'USDC' }],
  [
    `please transfer 1,250.5 DAI to ${other} from my wallet ${address}`,
    { from: address, to: other, amount: 1250.5, token: 'DAI' },
  ],
  [
    `I want to pay ${other} 0.1234567890123456789 ETH from ${address} on Base`,
    { from: address, to: other, amount: '0.1234567890123456789', token: 'ETH', chain: 'base' },
  ],
  [`From ${address} send 3 of the token ${usdc} to bob.eth`, { from: address, to: 'bob.eth', amount: 3, token: usdc }],
  [
    `Approve ${other} to spend 100 USDC from ${address}`,
    { from: address, to: other, amount: 100, token: 'USDC', action: 'approve' },
  ],
  [
    `Let ${other} spend unlimited USDC of my wallet ${address}`,
    { from: address, to: other, amount: 'unlimited', token: 'USDC', action: 'approve' },
  ],
  [
    `Revoke the USDC approval of the spender ${other} from ${address}`,
    { from: address, to: other, amount: 0, token: 'USDC', action: 'revoke' },
  ],
  [`请从 ${address} 向 ${other} 转 10 USDC`, { from: address, to: other, amount: 10, token: 'USDC' }],
  [`把 10 个 USDC 从 ${address} 转给 ${other}`, { from: address, to: other, amount: 10, token: 'USDC' }],
  [`帮我从 ${address} 给 ${other} 发送2.5以太币`, { from: address, to: other, amount: 2.5, token: 'ETH' }],
  [
    `授权 ${other} 使用 ${address} 的 100 USDC，发送方 ${address}`,
    { from: address, to: other, amount: 100, token: 'USDC', action: 'approve' },
  ],
  [
    `从 ${address} 撤销 ${other} 的 USDC 授权`,
    { from: address, to: other, amount: 0, token: 'USDC', action: 'revoke' },
  ],
])('a wish to move something is written as a transaction, in either language: %s', async (request, expected) => {
  const { calls } = await converse([request], bound, () => 'done', { describeTool });
  expect(calls).toEqual([{ name: 'propose-transaction', args: expected }]);
  expect(catalogue.find('propose-transaction')?.input.safeParse(calls[0]?.args)).toMatchObject({ success: true });
});

test.each([
  `What did I send to ${other} from ${address}?`,
  `Did ${address} send 10 USDC to ${other}?`,
  `How do I send USDC to ${other}?`,
  `Which transfers did ${address} make to ${other}?`,
  `transfer history of ${address}`,
  `Send me an alert when ${address} moves 10 USDC`,
  `Why did the approval of ${other} for USDC fail?`,
  `我给 ${other} 转了多少 USDC？我是 ${address}`,
  `${address} 向 ${other} 转过 10 USDC 吗？`,
  `列出 ${address} 最近的转账`,
  `${address} 授权了谁使用 USDC？`,
  `当 ${address} 转出 10 USDC 时通知我`,
])('what was, or is to happen some day, is no transaction: %s', async (request) => {
  const { calls, texts } = await converse([request], bound, () => 'done', { describeTool });
  expect(calls.map(({ name }) => name)).not.toContain('propose-transaction');
  expect(texts[0]).not.toMatch(/Propose a transaction|拟定交易/);
});

test.each([
  ['Send 10 USDC', ['`from`', '`to`']],
  [`Send it to ${other}`, ['`from`', '`amount`', '`token`']],
  [`向 ${other} 转 10 USDC`, ['`from`']],
  [`请授权 ${other} 使用我的代币`, ['`from`', '`amount`', '`token`']],
])('what a transaction lacks is asked for, never guessed: %s', async (request, wanted) => {
  const { calls, texts } = await converse([request], bound, () => 'done', { describeTool });
  expect(calls).toEqual([]);
  expect([...(texts[0] ?? '').matchAll(/\(?(`(?:from|to|amount|token|chain)`)\)?/g)].map(([, name]) => name)).toEqual(
    wanted,
  );
});

test.each([
  [[`Send 10 USDC to ${other}`, address], 1],
  [[`Send some USDC to ${other}`, '10', `from ${address}`], 1],
  [[`Can you send 10 USDC to ${other}? My wallet is ${address}`], 1],
  [[`能帮我转 10 USDC 给 ${other} 吗？我的钱包是 ${address}`], 1],
  [[`Send 10 USDC to ${other}`, `balance of ${address}`], 0],
])('what was missing completes the transaction, and a new question does not: %j', async (requests, count) => {
  const { calls } = await converse(requests, bound, () => 'done', { describeTool });
  const wanted = { name: 'propose-transaction', args: { from: address, to: other, amount: 10, token: 'USDC' } };
  expect(calls.filter(({ name }) => name === wanted.name)).toEqual(Array.from({ length: count }, () => wanted));
});

test.each([
  ['查看存储槽', '- 存储槽编号（十进制或 0x），或 implementation、admin、beacon (`slot`)'],
  ['创建一个提醒', '- 监视的内容 (`watch`)：`balance`（余额）、`transfer`（转账）、'],
  ['create an alert', '- What is watched (`watch`): `balance`, `transfer`,'],
])('what a tool of the hub lacks is asked for in the language of the question: %s', async (request, line) => {
  const { texts } = await converse([request], bound, () => 'done', { describeTool });
  expect(texts[0]).toContain(line);
  const { texts: foreign } = await converse([request], bound, () => 'done');
  expect(foreign[0]).not.toMatch(/存储槽编号|（余额）/);
});
