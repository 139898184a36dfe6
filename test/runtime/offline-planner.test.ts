import { AIMessage, HumanMessage } from '@langchain/core/messages';
import { describe, expect, test } from 'vitest';
import { writeAttachedFile } from '#server/runtime/attached-file.ts';
import { createOfflinePlanner } from '#server/runtime/models/offline-planner/offline-planner.ts';
import { converse, hubTools, tool } from '#test/support/offline-planner-tools.ts';

const address = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';
const hash = `0x${'ab'.repeat(32)}`;

/** The first call that the planner makes for a request. */
async function firstCall(request: string, tools = hubTools) {
  const { calls } = await converse([request], tools, () => '"done"');
  return calls[0];
}

describe('the planner calculates', () => {
  test.each([
    ['2+2', '2 + 2'],
    ['what is 12.5% of 80', '(12.5 / 100) * 80'],
    ['15% tip on 42', '(15 / 100) * 42'],
    ['20% off $50', '50 * (1 - 20 / 100)'],
    ['What is 1,250.75 plus 3%?', '(1250.75) * (1 + 3 / 100)'],
    ['What is the square root of 144?', 'sqrt(144)'],
    ['three times (4 - 1.5) squared', '3 * (4 - 1.5)^2'],
    ['subtract 5 from 12', '12 - 5'],
    ['2 to the power of 10', '2^10'],
    ['3 加 5', '3 + 5'],
    ['三加五等于多少？', '3 + 5'],
    ['三百二十乘以二是多少', '320 * 2'],
    ['80的12.5%是多少', '80 * (12.5 / 100)'],
  ])('%s', async (request, expression) => {
    expect(await firstCall(request)).toEqual({ name: 'calculator', args: { expression } });
  });

  test.each(['My phone is 555-1234', 'who led in 2020-2021?', 'I was born on 1990-05-06'])(
    'what only looks like a sum is left alone: %s',
    async (request) => expect(await firstCall(request)).toBeUndefined(),
  );
});

describe('the planner finds the tool and its arguments', () => {
  test.each<[string, string, Record<string, unknown>]>([
    ['Summarise https://example.org/article.', 'read-web-page', { url: 'https://example.org/article' }],
    ['总结一下 https://example.org/a，谢谢', 'read-web-page', { url: 'https://example.org/a' }],
    ['What time is it in Tokyo?', 'time', { timeZone: 'Asia/Tokyo' }],
    ['东京现在几点？', 'time', { timeZone: 'Asia/Tokyo' }],
    ['how many days until 2026-12-25?', 'time', { action: 'difference', until: '2026-12-25' }],
    [
      'days between 1 March 2026 and March 5, 2026',
      'time',
      { action: 'difference', time: '2026-03-01', until: '2026-03-05' },
    ],
    ['2026年1月15日之后90天是哪天', 'time', { action: 'add', time: '2026-01-15', duration: { days: 90 } }],
    [
      'convert 2026-03-29T14:30 from Tokyo to London',
      'time',
      { action: 'convert', time: '2026-03-29T14:30', timeZone: 'Asia/Tokyo', toTimeZone: 'Europe/London' },
    ],
    ['Generate an image of a cat in the rain', 'generate-image', { prompt: 'a cat in the rain' }],
    ['帮我画一只在雨中的猫', 'generate-image', { prompt: '一只在雨中的猫' }],
    [`balance of ${address} on Base`, 'token-balance', { chain: 'base', address }],
    [`查一下 ${address} 在以太坊上的余额`, 'token-balance', { chain: 'ethereum', address }],
    [`USDC balance of ${address} on arbitrum`, 'token-balance', { chain: 'arbitrum', address, token: 'USDC' }],
    [`balance of FOO of ${address} on Base`, 'token-balance', { chain: 'base', address, token: 'FOO' }],
    [`${address} 在 base 上的 FOO 余额`, 'token-balance', { chain: 'base', address, token: 'FOO' }],
    ['balance of vitalik.eth on base', 'token-balance', { chain: 'base', address: 'vitalik.eth' }],
    [`explain ${hash} on base`, 'explain-transaction', { chain: 'base', hash }],
    [`what happened here https://etherscan.io/tx/${hash}`, 'explain-transaction', { chain: 'ethereum', hash }],
    [`{"chain": "base", "hash": "${hash}"}`, 'explain-transaction', { chain: 'base', hash }],
  ])('%s', async (request, name, args) => {
    expect(await firstCall(request)).toEqual({ name, args });
  });

  test('any JSON Schema will do: enumerations, numbers by name, flags, quoted labels', async () => {
    const tools = [
      tool('create-ticket', 'Opens a support ticket.', {
        type: 'object',
        properties: {
          subject: { type: 'string' },
          priority: { enum: ['low', 'high'] },
          hours: { type: 'integer' },
          urgent: { type: 'boolean' },
        },
        required: ['subject', 'priority'],
      }),
    ];
    expect(await firstCall('Open a high priority ticket "Printer is on fire" with hours: 4', tools)).toEqual({
      name: 'create-ticket',
      args: { subject: 'Printer is on fire', priority: 'high', hours: 4 },
    });
  });

  test('the shape of a union that the request fills is the one used', async () => {
    const shape = (name: string, format: string) => ({
      type: 'object',
      properties: { [name]: { type: 'string', format } },
      required: [name],
    });
    const tools = [tool('contact', 'Contacts somebody.', { anyOf: [shape('page', 'uri'), shape('mail', 'email')] })];
    expect(await firstCall('contact ann@example.org', tools)).toEqual({
      name: 'contact',
      args: { mail: 'ann@example.org' },
    });
  });

  test('a search in the knowledge takes questions that nothing else takes', async () => {
    const knowledge = tool('knowledge-search', 'Searches the documents of this agent.', {
      type: 'object',
      properties: { query: { type: 'string' } },
      required: ['query'],
    });
    expect(await firstCall('How long is the warranty?', [...hubTools, knowledge])).toEqual({
      name: 'knowledge-search',
      args: { query: 'How long is the warranty?' },
    });
  });
});

describe('the planner draws', () => {
  const rows = [
    { month: '2026-01', users: 1200 },
    { month: '2026-02', users: 1350 },
  ];
  const columns = { x: 'month', y: 'users', data: rows };
  test.each<[string, string, Record<string, unknown>]>([
    ['CSV', 'Plot this\n\nmonth,users\n2026-01,1200\n2026-02,1350', { ...columns, kind: 'line' }],
    [
      'a Markdown table',
      'Bar chart please\n\n| month | users |\n|---|---:|\n| 2026-01 | 1,200 |\n| 2026-02 | 1,350 |',
      { ...columns, kind: 'bar' },
    ],
    [
      'TSV before the wish',
      'month\tusers\n2026-01\t1200\n2026-02\t1350\n\nMake an area chart of it',
      { ...columns, kind: 'area' },
    ],
    ['JSON', `画成折线图：${JSON.stringify(rows)}`, { ...columns, kind: 'line' }],
    [
      'an attached file',
      `${writeAttachedFile({ name: 'a.csv', text: 'month,users\n2026-01,1200\n2026-02,1350' })}\n\nchart it`,
      { ...columns, kind: 'line' },
    ],
    [
      'pairs',
      'Plot a pie chart: Jan 10, Feb 20 and Mar 1,500',
      {
        kind: 'pie',
        x: 'label',
        y: 'value',
        data: [
          { label: 'Jan', value: 10 },
          { label: 'Feb', value: 20 },
          { label: 'Mar', value: 1500 },
        ],
      },
    ],
    [
      'pairs, also of a city with a time zone',
      'Draw a bar chart: Oslo = 74, Bergen = 190',
      {
        kind: 'bar',
        x: 'label',
        y: 'value',
        data: [
          { label: 'Oslo', value: 74 },
          { label: 'Bergen', value: 190 },
        ],
      },
    ],
    [
      'Chinese pairs',
      '画一个柱状图：苹果：3，梨：5',
      {
        kind: 'bar',
        x: '项目',
        y: '数值',
        data: [
          { 项目: '苹果', 数值: 3 },
          { 项目: '梨', 数值: 5 },
        ],
      },
    ],
  ])('%s', async (_, request, expected) => {
    const call = await firstCall(request);
    expect(call?.name).toBe('chart');
    expect(call?.args).toMatchObject(expected);
    expect(call?.args).not.toHaveProperty('specification');
  });

  test('the words choose the columns', async () => {
    const call = await firstCall('chart profit by city\n\ncity,year,sales,profit\nRome,2025,5,1\nOslo,2025,7,2');
    expect(call?.args).toMatchObject({ x: 'city', y: 'profit', kind: 'bar' });
  });
});

describe('the planner takes steps', () => {
  test('one after another, the later ones on the results of the earlier', async () => {
    const { calls, texts } = await converse(
      ['what is 2+2 and then multiply it by 3; 然后告诉我东京几点'],
      hubTools,
      (call) =>
        JSON.stringify(
          call.name === 'calculator'
            ? {
                expression: call.args['expression'],
                result: call.args['expression'] === '2 + 2' ? '4' : '12',
                approximate: false,
              }
            : { time: { iso: '2026-11-23T21:00:00+09:00' } },
        ),
    );
    expect(calls).toEqual([
      { name: 'calculator', args: { expression: '2 + 2' } },
      { name: 'calculator', args: { expression: '4 * 3' } },
      { name: 'time', args: { timeZone: 'Asia/Tokyo' } },
    ]);
    expect(texts[0]).toContain('`4 * 3` = **12**');
    expect(texts[0]).toContain('2026-11-23T21:00:00+09:00');
  });

  test('several values of one kind are several calls, and none is made twice', async () => {
    const { calls } = await converse(
      ['read https://a.example and https://b.example and then read https://a.example'],
      hubTools,
      () => 'text',
    );
    expect(calls.map(({ args }) => args['url'])).toEqual(['https://a.example', 'https://b.example']);
  });

  test('rows that a tool brings are charted by the next step', async () => {
    const prices = tool('price-history', 'Daily prices of a coin.', {
      type: 'object',
      properties: { coin: { enum: ['bitcoin', 'ether'] } },
      required: ['coin'],
    });
    const rows = [
      { date: '2026-01-01', price: 1 },
      { date: '2026-01-02', price: 2 },
    ];
    const { calls } = await converse(
      ['price history of bitcoin, then plot it as a line chart'],
      [...hubTools, prices],
      () => JSON.stringify({ rows }),
    );
    expect(calls.map(({ name }) => name)).toEqual(['price-history', 'chart']);
    expect(calls[1]?.args).toMatchObject({ data: rows, x: 'date', y: 'price', kind: 'line' });
  });

  test('a later message goes on from the figure of the answer before', async () => {
    const { calls } = await converse(['12 * 3', 'times 2'], hubTools, (call) =>
      JSON.stringify({ expression: call.args['expression'], result: '36' }),
    );
    expect(calls[1]?.args).toEqual({ expression: '36 * 2' });
  });
});

describe('the planner asks', () => {
  test.each([
    [`What is the balance of ${address}?`, ['token-balance', '`chain`'], ['`address`', '`token`']],
    ['解释这笔交易', ['还需要', '`chain`', '`hash`'], ['need']],
    ['make a chart', ['`data`'], ['`title`', '`x`']],
  ])('for exactly what is missing: %s', async (request, named, unnamed) => {
    const { calls, texts } = await converse([request], hubTools, () => '1');
    expect(calls).toEqual([]);
    for (const word of named) expect(texts[0]).toContain(word);
    for (const word of unnamed) expect(texts[0]).not.toContain(word);
  });

  test('and the reply completes the call', async () => {
    const { calls, texts } = await converse(
      [`What is the balance of ${address}?`, 'base'],
      hubTools,
      () => '{"amount":{"formatted":"1.5","symbol":"ETH"}}',
    );
    expect(calls).toEqual([{ name: 'token-balance', args: { chain: 'base', address } }]);
    expect(texts[1]).toContain('1.5 ETH');
  });

  test('an address with a wrong checksum is not used', async () => {
    const { calls, texts } = await converse([`balance of ${address.replace('d8', 'D8')} on base`], hubTools, () => '1');
    expect(calls).toEqual([]);
    expect(texts[0]).toContain('EIP-55');
  });
});

test('it cannot be made to call tools that are not bound', async () => {
  const answer = await createOfflinePlanner().invoke([
    new HumanMessage('2+2'),
    new AIMessage('4'),
    new HumanMessage('3+3'),
  ]);
  expect(answer.tool_calls).toEqual([]);
  expect(answer.text).toContain('Offline planner');
});
