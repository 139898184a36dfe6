import { describe, expect, test } from 'vitest';
import { converse, tool } from '#test/support/offline-planner-tools.ts';

const text = { type: 'string' };
const tools = [
  tool('list-tables', 'Lists the tables that run-sql can read, with their columns.', {
    type: 'object',
    properties: { name: text },
  }),
  tool('run-sql', 'Runs one SQL query on the tables.', {
    type: 'object',
    properties: { sql: text, parameters: { type: 'object' }, chart: { type: 'object' } },
    required: ['sql'],
  }),
];

describe('a table of a chain', () => {
  const place = [
    ['block_time', 'TIMESTAMP'],
    ['tx_hash', 'VARCHAR'],
    ['contract_address', 'VARCHAR'],
  ];
  const transfers = {
    name: 'devnet.erc20_transfers',
    rows: 1795,
    columns: [...place, ['from', 'VARCHAR'], ['to', 'VARCHAR'], ['value', 'HUGEINT']],
  };
  const tables = [
    transfers,
    {
      name: 'devnet.transactions',
      rows: 2161,
      columns: [
        ['block_time', 'TIMESTAMP'],
        ['from', 'VARCHAR'],
        ['value', 'HUGEINT'],
        ['success', 'BOOLEAN'],
      ],
    },
    {
      name: 'devnet.tokens',
      rows: 3,
      columns: [
        ['contract_address', 'VARCHAR'],
        ['symbol', 'VARCHAR'],
        ['decimals', 'INTEGER'],
      ],
    },
  ];
  const askChain = async (question: string) => {
    const { calls } = await converse([question], tools, ({ name, args }) =>
      name === 'run-sql'
        ? JSON.stringify({ columns: [{ name: 'n', type: 'BIGINT' }], rows: [[1]], total: 1 })
        : JSON.stringify({ tables: tables.filter((one) => args['name'] === undefined || one.name === args['name']) }),
    );
    const run = calls.findLast(({ name }) => name === 'run-sql');
    const sql = typeof run?.args['sql'] === 'string' ? run.args['sql'].replaceAll(/\s+/g, ' ') : null;
    return { sql: sql?.replace(joined, 'TRANSFERS') ?? null, values: Object.values(run?.args['parameters'] ?? {}) };
  };
  const joined =
    '( SELECT entry.*, token.symbol AS token_symbol, token.decimals AS token_decimals FROM devnet.erc20_transfers AS entry LEFT JOIN devnet.tokens AS token ON token.contract_address = entry.contract_address )';
  const nobody = `0x${'0'.repeat(40)}`;
  const betweenHolders = `"from" <> '${nobody}' AND "to" <> '${nobody}'`;
  const perToken = 'SELECT token_symbol, contract_address';
  const amount = 'to_tokens(sum(value), any_value(token_decimals)) AS total_tokens, sum(value) AS total_value';

  test.each<[string, string, unknown[]?]>([
    [
      'top 5 tokens by transfers in devnet.erc20_transfers',
      `${perToken}, count(*) AS count FROM TRANSFERS GROUP BY 1, 2 ORDER BY count DESC, 1, 2 LIMIT 5`,
    ],
    [
      'devnet.erc20_transfers 中哪个代币的转账最多？',
      `${perToken}, count(*) AS count FROM TRANSFERS GROUP BY 1, 2 ORDER BY count DESC, 1, 2 LIMIT 1`,
    ],
    [
      'total DUSD transferred in devnet.erc20_transfers',
      `${perToken}, ${amount} FROM TRANSFERS WHERE upper(token_symbol) IN (upper({{v1}})) AND ${betweenHolders} GROUP BY 1, 2 ORDER BY total_tokens DESC NULLS LAST, 1, 2 LIMIT 1000`,
      ['DUSD'],
    ],
    [
      'top 10 senders in devnet.erc20_transfers',
      'SELECT "from", count(*) AS count FROM TRANSFERS GROUP BY 1 ORDER BY count DESC, 1 LIMIT 10',
    ],
    [
      'biggest 3 transfers in devnet.erc20_transfers',
      `SELECT block_time, tx_hash, contract_address, "from", "to", to_tokens(value, token_decimals) AS value_tokens, value, token_symbol FROM TRANSFERS WHERE ${betweenHolders} QUALIFY row_number() OVER (PARTITION BY contract_address ORDER BY to_tokens(value, token_decimals) DESC NULLS LAST) <= 3 ORDER BY contract_address, to_tokens(value, token_decimals) DESC NULLS LAST`,
    ],
    [
      'how many DUSD transfers over 10,000 are in devnet.erc20_transfers?',
      `${perToken}, count(*) AS count FROM TRANSFERS WHERE to_tokens(value, token_decimals) > {{v1}} AND upper(token_symbol) IN (upper({{v2}})) GROUP BY 1, 2 ORDER BY count DESC, 1, 2 LIMIT 1000`,
      [10_000, 'DUSD'],
    ],
    ['devnet.erc20_transfers 里有多少笔转账？', 'SELECT count(*) AS count FROM devnet.erc20_transfers'],
    [
      'devnet.erc20_transfers 里有多少个不同的接收方',
      'SELECT count(DISTINCT "to") AS distinct_to FROM devnet.erc20_transfers',
    ],
    [
      'how many failed transactions are in devnet.transactions?',
      'SELECT count(*) AS count FROM devnet.transactions WHERE NOT success',
    ],
    [
      'busiest day in devnet.transactions',
      "SELECT CAST(date_trunc('day', block_time) AS DATE) AS day, count(*) AS count FROM devnet.transactions GROUP BY 1 ORDER BY count DESC, 1 LIMIT 1",
    ],
    [
      'What is the total value in devnet.transactions?',
      'SELECT to_tokens(sum(value), 18) AS total_tokens, sum(value) AS total_value FROM devnet.transactions',
    ],
  ])(
    'is asked for what people mean, amounts in tokens with the raw number beside: %s',
    async (question, sql, values = []) => {
      expect(await askChain(question)).toEqual({ sql, values });
    },
  );
});

describe('who is to be told of what comes', () => {
  const address = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';
  const desk = [
    tool('create-alert', 'Sets an alert: the person is notified when something happens later.', {
      type: 'object',
      properties: {
        watch: { enum: ['balance', 'transfer', 'event', 'price', 'query'], description: 'What is watched.' },
        chain: { enum: ['ethereum', 'devnet'], default: 'ethereum' },
        address: text,
        token: { type: 'string', default: 'native' },
        operator: { enum: ['above', 'below', 'changes_by_percent'] },
        threshold: text,
        direction: { enum: ['in', 'out', 'any'], default: 'any' },
        atLeast: text,
      },
      required: ['watch'],
    }),
  ];

  test.each<[string, object | null]>([
    [
      `Tell me when ${address} receives more than 1.5 million DUSD on the devnet`,
      { watch: 'transfer', chain: 'devnet', address, token: 'DUSD', direction: 'in', atLeast: '1500000' },
    ],
    [
      `${address} 在开发网的 DUSD 余额低于 1.25万 时提醒我`,
      { watch: 'balance', chain: 'devnet', address, token: 'DUSD', operator: 'below', threshold: '12500' },
    ],
    [
      'Alert me when the price of GRDN on the devnet drops below 1.2',
      { watch: 'price', chain: 'devnet', token: 'GRDN', operator: 'below', threshold: '1.2' },
    ],
    [
      'Let me know when more than 10000 DUSD moves on the devnet',
      { watch: 'transfer', chain: 'devnet', token: 'DUSD', direction: 'any', atLeast: '10000' },
    ],
    [
      '开发网上有超过 2万 DUSD 转账时提醒我',
      { watch: 'transfer', chain: 'devnet', token: 'DUSD', direction: 'any', atLeast: '20000' },
    ],
    ['Let me know when more than 5 ETH moves on the devnet', null],
    ['Let me know when a balance of DUSD falls below 100 on the devnet', null],
    ['GRDN 价格有变化时提醒我', null],
  ])('is filled from words, and asked for what is missing: %s', async (question, given) => {
    const { calls } = await converse([question], desk, () => '{"alert":"1"}');
    expect(calls.map(({ args }) => args)).toEqual(given === null ? [] : [given]);
  });
});
