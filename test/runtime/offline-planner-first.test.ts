import { describe, expect, test } from 'vitest';
import { converse, tool } from '#test/support/offline-planner-tools.ts';

const text = { type: 'string' };
const chain = { enum: ['ethereum', 'devnet'], default: 'ethereum' };
const token = { ...text, description: "The token's contract address, or a well-known symbol." };
const object = (properties: Record<string, unknown>, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
});
const facts = tool('token-facts', 'Reads what a token contract is.', object({ chain, token }, ['token']));
const price = tool('token-price', 'Reads the price of a token.', object({ chain, token }, ['token']));
const liquidity = tool(
  'token-liquidity',
  'Reads the liquidity of a token.',
  object({ chain, token, tradeAmount: text, tradeToken: token, isReceived: { type: 'boolean' } }, ['token']),
);
const tables = [
  tool('list-tables', 'Lists the tables that run-sql can read.', object({ name: text })),
  tool('run-sql', 'Runs one SQL query.', object({ sql: text, parameters: object({}) }, ['sql'])),
];
const owner = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';

describe('whether more can be minted', () => {
  const answer = async (question: string, found: object) => {
    const result = JSON.stringify({ symbol: 'DUSD', owner, block: { number: '9' }, ...found });
    const { texts } = await converse([question], [facts], () => result);
    return texts[0];
  };
  const minting = (byOwner: string | null, byAnybody: string | null) => ({
    minting: { function: 'mint(address,uint256)', byOwner, byAnybody },
  });

  test.each([
    ['Can the owner mint DUSD on the devnet?', minting('succeeds', 'refused'), '**Yes**: DUSD has mint'],
    ['开发网上 DUSD 的所有者能增发吗？', minting('succeeds', 'refused'), '**能**：DUSD 有 mint'],
    ['Can anybody mint DUSD on the devnet?', minting('succeeds', 'refused'), '**Only its owner**'],
    ['Can the owner mint DUSD on the devnet?', minting('succeeds', 'succeeds'), '**Yes, and so can anybody**'],
    ['Is DUSD on the devnet mintable?', minting('refused', 'refused'), '**Not as things are**'],
    ['Is DUSD on the devnet mintable?', minting(null, 'refused'), '**It can be minted, by whom is not told**'],
    ['开发网上 DUSD 能增发吗？', { minting: null }, '**未发现可以增发**'],
    [
      'Can the owner mint DUSD on the devnet?',
      { minting: null, proxy: { kind: 'EIP-1967', implementation: owner } },
      'Its code can be replaced (a proxy)',
    ],
  ])('is said first: %s (%j)', async (question, found, expected) => {
    expect(await answer(question, found)).toContain(expected);
    expect((await answer(question, found))?.startsWith('**')).toBe(true);
  });

  test('and not where only facts are asked for', async () => {
    expect(await answer('Check the token DUSD on the devnet', minting('succeeds', 'refused'))).not.toContain('Yes');
  });
});

describe('what a trade would bring', () => {
  const of = async (question: string) =>
    (await converse([question], [liquidity, price], () => '{}')).calls.map(({ name, args }) => [name, args]);
  const buy = { chain: 'devnet', token: 'GRDN', tradeAmount: '1000', tradeToken: 'DUSD' };

  test.each<[string, object]>([
    ['How much would I get for 1000 DUSD in GRDN on the devnet now?', buy],
    ['How many GRDN can I buy with 1,000 DUSD on the devnet?', buy],
    ['If I swap 1000 DUSD for GRDN on the devnet, how much do I get?', buy],
    ['开发网上 1000 DUSD 现在能换多少 GRDN？', buy],
    ['在开发网用 1千 DUSD 能买多少 GRDN？', { ...buy, tradeAmount: '1000' }],
    ['Slippage of selling 2.5k GRDN on the devnet?', { chain: 'devnet', token: 'GRDN', tradeAmount: '2500' }],
    ['开发网上卖出 2500 GRDN 的价格影响？', { chain: 'devnet', token: 'GRDN', tradeAmount: '2500' }],
    [
      'What does it cost to buy 50 GRDN on the devnet?',
      { chain: 'devnet', token: 'GRDN', tradeAmount: '50', isReceived: true },
    ],
  ])('%s', async (question, args) => {
    expect(await of(question)).toEqual([['token-liquidity', args]]);
  });
});

describe('prices that were', () => {
  const listed = ['devnet.prices_hourly', 'ethereum.prices_hourly'].map((name) => ({
    name,
    columns: ['hour TIMESTAMP', 'source VARCHAR', 'base VARCHAR', 'open DOUBLE', 'high DOUBLE', 'close DOUBLE'].map(
      (column) => column.split(' '),
    ),
  }));
  const askDesk = async (question: string, tools = [...tables, price], known: object[] = listed) => {
    const { calls, texts } = await converse([question], tools, ({ name }) =>
      name === 'list-tables' ? JSON.stringify({ tables: known }) : '{"columns":[],"rows":[],"total":0}',
    );
    const sql = calls.find(({ name }) => name === 'run-sql')?.args ?? {};
    return { names: calls.map(({ name }) => name), sql: String(sql['sql']), parameters: sql['parameters'], texts };
  };

  test.each([
    ['What was the highest price of GRDN in October 2026 on the devnet?', ['max(high)'], ['2026-10-01', '2026-11-01']],
    ['开发网上 GRDN 十月的最低价是多少？', ['min(low)'], ['2026-10-01', '2026-11-01']],
    ['Range of the price of GRDN on the devnet since 2026-09-01?', ['max(high)', 'min(low)'], ['2026-09-01']],
    ['Average price of GRDN by month on the devnet', ['avg(close)', 'GROUP BY 1'], []],
    ['Price of GRDN on the devnet on 2026-10-10', ['arg_max(close, hour) AS close', 'GROUP BY 1'], ['2026-10-10']],
    ['Correlation of the prices of GRDN and LNTN on the devnet', ['corr(one_change, other_change)'], ['LNTN']],
    ['开发网上 GRDN 和 LNTN 价格的相关性', ['corr(one_change, other_change)'], ['LNTN']],
  ])('are read from the tables: %s', async (question, parts, values) => {
    const { names, sql, parameters } = await askDesk(question);
    expect(names).toEqual(['list-tables', 'run-sql']);
    for (const part of parts) expect(sql).toContain(part);
    expect(Object.values(parameters as object)).toEqual(expect.arrayContaining(['GRDN', ...values]));
    expect(sql).toContain('devnet.prices_hourly');
  });

  test.each([
    ['What was the highest price of GRDN in October on the devnet?', [price], 'the price now would say nothing'],
    ['开发网上 GRDN 十月的最高价是多少？', [price], '当前价格说明不了过去'],
  ])('are never the price now: %s', async (question, tools, expected) => {
    const { names, texts } = await askDesk(question, tools);
    expect([names, texts[0]]).toEqual([[], expect.stringContaining(expected)]);
    const without = await askDesk(question, [...tables, price], [listed[1] ?? {}]);
    expect([without.names, without.texts[0]]).toEqual([['list-tables'], expect.stringContaining(expected)]);
  });

  test('and the price now still is', async () => {
    expect((await askDesk('What is the price of GRDN on the devnet?')).names).toEqual(['token-price']);
    expect((await askDesk('GRDN 现在的价格是多少？', [price])).names).toEqual(['token-price']);
  });
});
