import { describe, expect, test } from 'vitest';
import { devnetContracts } from '#server/runtime/models/offline-planner/devnet-names.ts';
import { converse, type ScriptedTool, tool } from '#test/support/offline-planner-tools.ts';

const text = { type: 'string' };
const object = (properties: Record<string, unknown>, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
});
const token = { ...text, description: "The token's contract address, or a well-known symbol." };
const address = { ...text, description: 'The address to look at.' };
const chain = { enum: ['ethereum', 'devnet'], default: 'ethereum' };
const desk = [
  tool('list-tables', 'Lists the tables that run-sql can read, with their columns.', object({ name: text })),
  tool('run-sql', 'Runs one SQL query on the tables.', object({ sql: text, parameters: object({}) }, ['sql'])),
  tool(
    'forecast',
    'Forecasts a series of numbers over time.',
    object({ table_name: text, sql: text, time_column: text, number_column: text, horizon: { type: 'integer' } }),
  ),
  tool(
    'indicators',
    'Computes technical indicators of a series.',
    object({ table_name: text, sql: text, time_column: text, number_column: text }),
  ),
  tool('transfer-history', 'Lists the transfers of an address.', object({ chain, address, token }, ['address'])),
  tool('token-holders', 'Lists the largest holders of a token.', object({ chain, token }, ['token'])),
  tool('create-alert', 'Sets an alert.', object({ watch: { enum: ['transfer'] }, address, token }, ['watch'])),
];

const transfers = {
  name: 'devnet.erc20_transfers',
  columns: [
    ['block_time', 'TIMESTAMP'],
    ['block_number', 'BIGINT'],
    ['tx_hash', 'VARCHAR'],
    ['evt_index', 'INTEGER'],
    ['contract_address', 'VARCHAR'],
    ['from', 'VARCHAR'],
    ['to', 'VARCHAR'],
    ['value', 'HUGEINT'],
  ],
};
const tables = [
  transfers,
  {
    name: 'devnet.balances_daily',
    columns: [
      ['day', 'DATE'],
      ['contract_address', 'VARCHAR'],
      ['address', 'VARCHAR'],
      ['change', 'HUGEINT'],
    ],
  },
  {
    name: 'devnet.prices_hourly',
    columns: [
      ['hour', 'TIMESTAMP'],
      ['source', 'VARCHAR'],
      ['base', 'VARCHAR'],
      ['close', 'DECIMAL(38,18)'],
    ],
  },
  {
    name: 'devnet.tokens',
    columns: [
      ['contract_address', 'VARCHAR'],
      ['symbol', 'VARCHAR'],
      ['decimals', 'INTEGER'],
      ['is_well_known', 'BOOLEAN'],
    ],
  },
];
const joined =
  '( SELECT entry.*, token.symbol AS token_symbol, token.decimals AS token_decimals FROM devnet.erc20_transfers AS entry LEFT JOIN devnet.tokens AS token ON token.contract_address = entry.contract_address )';
const named = (place: string) =>
  `contract_address IN ( SELECT contract_address FROM devnet.tokens WHERE upper(symbol) IN (upper(${place})) WINDOW same AS (PARTITION BY upper(symbol)) QUALIFY is_well_known OR`;
const known = (place: string) => `${named(place)} NOT bool_or(is_well_known) OVER same )`;
const sum = 'to_tokens(sum(value), any_value(token_decimals)) AS total_tokens, sum(value) AS total_value';
const newest = '(SELECT max(block_time) FROM devnet.erc20_transfers)';

async function ask(question: string, tools: ScriptedTool[] = desk) {
  const { calls, texts } = await converse([question], tools, ({ name, args }) =>
    name === 'list-tables'
      ? JSON.stringify({ tables: tables.filter((one) => args['name'] === undefined || one.name === args['name']) })
      : JSON.stringify({ columns: [{ name: 'n', type: 'BIGINT' }], rows: [[1]], total: 1 }),
  );
  const last = calls.at(-1);
  const sql = typeof last?.args['sql'] === 'string' ? last.args['sql'].replaceAll(/\s+/g, ' ') : null;
  return {
    calls,
    answer: texts.at(-1) ?? '',
    sql: sql?.replace(joined, 'TRANSFERS') ?? null,
    values: Object.values(last?.args['parameters'] ?? {}),
    given: last?.args,
  };
}

const nobody = `0x${'0'.repeat(40)}`;
const ranked = (side: string, count: number, where = known('{{v1}}')) =>
  `SELECT "${side}", token_symbol, contract_address, ${sum} FROM TRANSFERS WHERE ${where} AND "from" <> '${nobody}' AND "to" <> '${nobody}' GROUP BY 1, 2, 3 ORDER BY total_tokens DESC NULLS LAST, 1, 2, 3 LIMIT ${count}`;
const ofTotals = (side: string, bound: string) =>
  ranked(side, 1000, known('{{v2}}')).replace(
    ' ORDER BY',
    ` HAVING to_tokens(sum(value), any_value(token_decimals)) ${bound} ORDER BY`,
  );
const shown =
  'SELECT block_time, block_number, tx_hash, contract_address, "from", "to", to_tokens(value, token_decimals) AS value_tokens, value, token_symbol FROM TRANSFERS';
const above = (rest = '') =>
  `${shown} WHERE to_tokens(value, token_decimals) > {{v1}}${rest} AND ${known('{{v2}}')} ORDER BY block_time DESC LIMIT 1000`;
const week = ` AND block_time > ${newest} - INTERVAL 1 week`;

describe('what all holders of a token moved is read from the transfers of the chain', () => {
  test.each<[string, string, unknown[]]>([
    ['Which three addresses received the most DUSD on the devnet, and how much each?', ranked('to', 3), ['DUSD']],
    ['开发网上哪三个地址收到最多 DUSD？分别是多少？', ranked('to', 3), ['DUSD']],
    ['Who sent the most GRDN?', ranked('from', 1), ['GRDN']],
    [
      'Which addresses received the most DUSD last month?',
      ranked('to', 10, `block_time > ${newest} - INTERVAL 1 month AND ${known('{{v1}}')}`),
      ['DUSD'],
    ],
    ['谁转出的 DUSD 最多？', ranked('from', 1), ['DUSD']],
    [
      'Which transfers of more than 10,000 DUSD happened on the devnet in the last week?',
      above(week),
      [10_000, 'DUSD'],
    ],
    ['最近一周超过 1.5万 DUSD 的转账有哪些？', above(week), [15_000, 'DUSD']],
    [
      'Transfers over 10,000.000001 DUSD this week',
      above(` AND block_time >= date_trunc('week', ${newest})`),
      [10_000.000001, 'DUSD'],
    ],
    ['2万 DUSD 以上的转账', above().replace('> {{v1}}', '>= {{v1}}'), [20_000, 'DUSD']],
    [
      'Transfers above 1.000000000000000001 GRDN',
      above().replace('{{v1}}', 'CAST({{v1}} AS DECIMAL(38, 18))'),
      ['1.000000000000000001', 'GRDN'],
    ],
    [
      'How many DUSD transfers over 1 million were there?',
      `SELECT token_symbol, contract_address, count(*) AS count FROM TRANSFERS WHERE to_tokens(value, token_decimals) > {{v1}} AND ${known('{{v2}}')} GROUP BY 1, 2 ORDER BY count DESC, 1, 2 LIMIT 1000`,
      [1_000_000, 'DUSD'],
    ],
    ['Who received more than 1 million DUSD in total on the devnet?', ofTotals('to', '> {{v1}}'), [1_000_000, 'DUSD']],
    ['开发网上哪些地址总共收到超过 5 万 DUSD？', ofTotals('to', '> {{v1}}'), [50_000, 'DUSD']],
    ['Which wallets sent at least 20k DUSD altogether?', ofTotals('from', '>= {{v1}}'), [20_000, 'DUSD']],
  ])('%s', async (question, sql, values) => {
    expect(await ask(question)).toMatchObject({ sql, values });
  });

  test.each<[string, string, string, number | undefined]>([
    ['Forecast the daily DUSD volume on the devnet for the next 7 days.', 'day', 'volume', 7],
    ['预测开发网上 DUSD 未来两周每日的转账量', 'day', 'volume', 14],
    ['Forecast the daily volume of DUSD on the devnet for two weeks', 'day', 'volume', 14],
    ['Forecast the weekly number of DUSD transfers for the next month', 'week', 'transfers', 4],
    ['Predict the daily GRDN volume', 'day', 'volume', undefined],
  ])('and foretold by whole steps of one contract: %s', async (question, unit, name, horizon) => {
    const { calls, given, sql, answer } = await ask(question);
    expect(calls.at(-1)?.name).toBe('forecast');
    expect(given).toMatchObject({ time_column: unit, number_column: name });
    expect(given?.['horizon']).toBe(horizon);
    const value = name === 'volume' ? 'sum(to_tokens(value, token_decimals))' : 'count(*)';
    expect(sql).toBe(
      `SELECT CAST(date_trunc('${unit}', block_time) AS DATE) AS ${unit}, ${value} AS ${name} FROM TRANSFERS WHERE ${named(question.includes('GRDN') ? "'GRDN'" : "'DUSD'")} count(*) OVER same = 1 ) AND "from" <> '${nobody}' AND "to" <> '${nobody}' AND block_time < date_trunc('${unit}', ${newest}) GROUP BY 1 ORDER BY 1`,
    );
    expect(answer).toMatch(/the last whole|最后一个完整的/);
  });

  test.each<[string, string, string, number | undefined]>([
    ['What will GRDN cost in a week on the devnet?', 'forecast', '', 7],
    ['三天后开发网上 GRDN 会是多少钱？', 'forecast', '', 3],
    ['What is the RSI of GRDN on the devnet?', 'indicators', '', undefined],
    [
      '最近 30 天开发网上 GRDN 的波动率是多少？',
      'indicators',
      ' AND hour > (SELECT max(hour) FROM devnet.prices_hourly) - INTERVAL 30 day',
      undefined,
    ],
  ])('and what a token cost from its feed: %s', async (question, name, rest, horizon) => {
    const { calls, given, sql, answer } = await ask(question);
    expect(calls.at(-1)?.name).toBe(name);
    expect(given).toMatchObject({ time_column: 'day', number_column: 'price' });
    expect(given?.['horizon']).toBe(horizon);
    expect(sql).toBe(
      `SELECT CAST(date_trunc('day', hour) AS DATE) AS day, arg_max(close, hour) AS price FROM devnet.prices_hourly WHERE source = 'feed' AND upper(base) LIKE 'GRDN /%'${rest} GROUP BY 1 ORDER BY 1`,
    );
    expect(answer).toMatch(/price feed|喂价/);
  });

  test('which says where "last" counts from', async () => {
    expect((await ask('Transfers over 10 DUSD in the last week')).answer).toContain(
      'the newest row of `devnet.erc20_transfers`',
    );
    expect((await ask('最近一周超过 10 DUSD 的转账')).answer).toContain('最新的一行往回算');
  });

  test('but not of a chain without an index, and not what is to happen', async () => {
    const { calls, answer } = await ask('Which addresses received the most USDC on Ethereum?');
    expect(calls.map(({ name }) => name)).toEqual(['list-tables']);
    expect(answer).toContain('there is none of `Ethereum`');
    expect((await ask('以太坊上谁收到的 USDC 最多？')).answer).toContain('没有索引');
    expect((await ask('Tell me when more than 10000 DUSD moves on the devnet')).sql).toBeNull();
  });

  test('and without tools for tables an address is asked for', async () => {
    const { calls, answer } = await ask('Which transfers of more than 10,000 DUSD happened?', desk.slice(3));
    expect([calls, answer]).toEqual([[], expect.stringContaining('the address')]);
  });
});

describe('what a message is about is said once', () => {
  const wallet = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';
  const other = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
  const tools = [
    tool('portfolio', 'Shows what an address holds.', object({ address, chain }, ['address'])),
    tool('wallet-profit', 'Profit and loss of a wallet.', object({ address, chain }, ['address'])),
    tool('token-price', 'The price of a token, and whether its feed is stale.', object({ token, chain }, ['token'])),
    tool('token-liquidity', 'How deep the pools of a token are.', object({ token, chain }, ['token'])),
    tool('gas-price', 'The price of gas.', object({ chain })),
  ];
  const of = async (question: string) => (await ask(question, tools)).calls.map(({ name, args }) => [name, args]);

  test.each<[string, unknown[]]>([
    [
      `What does ${wallet} hold on the devnet? How much profit?`,
      [
        ['portfolio', { address: wallet, chain: 'devnet' }],
        ['wallet-profit', { address: wallet, chain: 'devnet' }],
      ],
    ],
    [
      `${wallet} 在开发网上持有什么？盈亏多少？`,
      [
        ['portfolio', { address: wallet, chain: 'devnet' }],
        ['wallet-profit', { address: wallet, chain: 'devnet' }],
      ],
    ],
    [
      'What is the price of GRDN on the devnet, how deep is its pool, and is the feed stale?',
      [
        ['token-price', { token: 'GRDN', chain: 'devnet' }],
        ['token-liquidity', { token: 'GRDN', chain: 'devnet' }],
      ],
    ],
    [
      'GRDN 的价格是多少？流动性如何？',
      [
        ['token-price', { token: 'GRDN', chain: 'devnet' }],
        ['token-liquidity', { token: 'GRDN', chain: 'devnet' }],
      ],
    ],
  ])('%s', async (question, expected) => {
    expect(await of(question)).toEqual(expected);
  });

  test('but not between two, and not by what needs none', async () => {
    const two = await ask(`What does ${wallet} hold? What does ${other} hold? How much profit?`, tools);
    expect(two.calls.map(({ name }) => name)).toEqual(['portfolio', 'portfolio']);
    expect(two.answer).toContain('the address');
    expect((await of(`What does ${wallet} hold? What is the gas price?`)).at(-1)).toEqual(['gas-price', {}]);
    expect((await ask(`What does ${wallet} hold? Write a poem.`, tools)).answer).toContain('“Write a poem.”');
  });
});

describe('an audit answers what is asked of its findings', () => {
  const tools = [
    tool('audit-contract', 'Audits Solidity.', object({ source_code: text }, ['source_code'])),
    tool(
      'audit-deployed-contract',
      'Audits a contract on a chain.',
      object({ chain, contract: address }, ['contract']),
    ),
    tool(
      'read-contract',
      'Reads a contract.',
      object({ chain, contract: address, function: text }, ['contract', 'function']),
    ),
  ];
  const source = 'contract A { function f() public { tx.origin; } }';
  const vault = '0xB7f8BC63BbcaD18155201308C8f3540b07f84F5e';

  test.each([
    `Audit this: ${source} What is the worst problem?`,
    `审计这份合约：${source} 最严重的问题是什么？`,
    `${source}\n\nIs it safe? Which problem is the worst?`,
    `\`\`\`solidity\n${source}\n\`\`\`\n\n有没有漏洞？怎么修复？`,
    `Audit this contract:\n\n${source}\n\nHow do I fix the worst?`,
  ])('of pasted source: %s', async (question) => {
    const { calls, answer } = await ask(question, tools);
    expect(calls).toEqual([{ name: 'audit-contract', args: { source_code: expect.stringContaining(source) } }]);
    expect(answer).not.toMatch(/still need|needs a language model|还需要|没有合适的工具/);
  });

  test.each([
    `Audit the Vault at ${vault} on the devnet. What are the three worst problems?`,
    `审计开发网上 ${vault} 的 Vault 合约。最严重的三个问题是什么？`,
  ])('of a contract by its address: %s', async (question) => {
    const { calls, answer } = await ask(question, tools);
    expect(calls).toEqual([{ name: 'audit-deployed-contract', args: { chain: 'devnet', contract: vault } }]);
    expect(answer).not.toMatch(/still need|needs a language model|还需要|没有合适的工具/);
  });
});

describe('what is named of the devnet is found there', () => {
  const contract = { ...text, description: "The contract's address: 0x and 40 digits." };
  const block = { type: 'integer', description: 'Read at this block number.' };
  const days = { type: 'number', description: 'How many days back.' };
  const rank = { type: 'string', enum: ['transfers', 'received', 'sent'], description: 'Which come first.' };
  const tools = [
    tool('audit-deployed-contract', 'Audits a deployed contract.', object({ chain, contract }, ['contract'])),
    tool('token-price', 'Reads the price of a token.', object({ chain, token }, ['token'])),
    tool('wallet-activity', 'Sums up what a wallet did.', object({ chain, address, days, rank, token }, ['address'])),
    tool('list-transactions', 'Lists transactions of an address or block.', object({ chain, address, block })),
    tool('explain-transaction', 'Explains a transaction.', object({ chain, hash: text }, ['hash'])),
  ];
  const who = '0x1CBd3b2770909D4e10f157cABC84C7264073C9Ec';

  const moved = { address: who, token: 'DUSD', days: 3650 };
  test.each<[string, string, Record<string, unknown>]>([
    ['Audit Weak vault', 'audit-deployed-contract', { contract: devnetContracts['weak vault'] }],
    ['审计开发网的 Exchange router', 'audit-deployed-contract', { contract: devnetContracts['exchange router'] }],
    ['开发网上 Garden 的价格', 'token-price', { token: 'GRDN' }],
    [`Who sent ${who} the most DUSD?`, 'wallet-activity', { ...moved, rank: 'received' }],
    [`谁转给 ${who} 的 DUSD 最多？`, 'wallet-activity', { ...moved, rank: 'received' }],
    [`Who received the most DUSD from ${who}?`, 'wallet-activity', { ...moved, rank: 'sent' }],
    [`Whom did ${who} send the most DUSD?`, 'wallet-activity', { ...moved, rank: 'sent' }],
    [`${who} 向谁转出的 DUSD 最多？`, 'wallet-activity', { ...moved, rank: 'sent' }],
    [`From whom did ${who} receive most DUSD?`, 'wallet-activity', { ...moved, rank: 'received' }],
    [`Who sent ${who} DUSD most often?`, 'wallet-activity', moved],
    ['Which transactions of block 300 on the devnet failed?', 'list-transactions', { block: 300 }],
  ])('%s', async (question, name, args) => {
    const { calls } = await converse([question], tools, () => '{}');
    expect(calls[0]).toEqual({ name, args: { chain: 'devnet', ...args } });
  });

  test.each([
    [`What was the last transaction of ${who} on the devnet?`, 0],
    ['Explain the second transaction in block 300 of the devnet', 1],
    ['解释开发网区块 300 的最后一笔交易', 2],
  ])('and the one that is asked about is explained: %s', async (question, place) => {
    const hashes = ['a', 'b', 'c'].map((digit) => `0x${digit.repeat(64)}`);
    const { calls } = await converse([question], tools, () =>
      JSON.stringify({ transactions: hashes.map((hash) => ({ hash })) }),
    );
    expect(calls[1]).toEqual({ name: 'explain-transaction', args: { chain: 'devnet', hash: hashes[place] } });
  });
});
