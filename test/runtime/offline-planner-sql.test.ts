import { describe, expect, test } from 'vitest';
import { converse, hubTools, type ScriptedCall, tool } from '#test/support/offline-planner-tools.ts';

const text = { type: 'string' };
const object = (properties: Record<string, unknown>, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
});
const tools = [
  ...hubTools.filter(({ function: { name } }) => ['calculator', 'chart'].includes(name)),
  tool('list-tables', 'Lists the tables that run-sql can read, with their columns.', object({ name: text })),
  tool(
    'run-sql',
    'Runs one SQL query on the tables.',
    object({ sql: text, parameters: object({}), chart: object({}), file: { type: 'boolean' } }, ['sql']),
  ),
];

const orders = {
  name: 'orders',
  rows: 120,
  columns: [
    ['day', 'DATE'],
    ['region', 'VARCHAR'],
    ['customer', 'VARCHAR'],
    ['quantity', 'BIGINT'],
    ['amount', 'DECIMAL(18,2)'],
    ['from', 'VARCHAR'],
  ],
};
const details = [
  { name: 'region', values: ['North', 'South', 'far-off (v2)'], distinct: 3 },
  { name: 'customer', min: 'Ann', max: 'Zoe', distinct: 90 },
];
const staff = {
  name: 'staff',
  rows: 3,
  columns: [
    ['name', 'VARCHAR'],
    ['salary', 'BIGINT'],
  ],
};

const execute = ({ name, args }: ScriptedCall) => {
  if (name === 'run-sql')
    return JSON.stringify({ columns: [{ name: 'count', type: 'BIGINT' }], rows: [[1]], total: 1 });
  const tables =
    args['name'] === undefined
      ? [orders, staff]
      : [{ ...orders, details }, staff].filter((one) => one.name === args['name']);
  return JSON.stringify({ tables, note: '' });
};

/** The SQL that comes of a question, on one line, with the values that were bound. */
async function ask(...questions: string[]) {
  const { calls, texts } = await converse(questions, tools, execute);
  const run = calls.findLast(({ name }) => name === 'run-sql');
  const sql = typeof run?.args['sql'] === 'string' ? run.args['sql'].replaceAll(/\s+/g, ' ') : null;
  return {
    sql,
    values: Object.values(run?.args['parameters'] ?? {}),
    chart: run?.args['chart'],
    calls,
    answer: texts.at(-1) ?? '',
  };
}
const grouped = (head: string, measure: string, alias: string, rest = '1000') =>
  `SELECT ${head}, ${measure} AS ${alias} FROM orders GROUP BY 1 ORDER BY ${alias} DESC, 1 LIMIT ${rest}`;
const byMonth = "CAST(date_trunc('month', day) AS DATE)";
const monthly = (derived: string) =>
  `SELECT ${byMonth} AS month, sum(amount) AS total_amount${derived} FROM orders GROUP BY 1 ORDER BY 1 LIMIT 1000`;

describe('a question about tables becomes SQL', () => {
  test.each<[string, string, unknown[]?]>([
    ['How many orders are there?', 'SELECT count(*) AS count FROM orders'],
    ['有多少条订单？', 'SELECT count(*) AS count FROM orders'],
    ['What is the total amount of the orders?', 'SELECT sum(amount) AS total_amount FROM orders'],
    ['订单的总金额是多少？', 'SELECT sum(amount) AS total_amount FROM orders'],
    ['What is the average salary?', 'SELECT avg(salary) AS average_salary FROM staff'],
    ['平均 salary 是多少？', 'SELECT avg(salary) AS average_salary FROM staff'],
    ['What is the largest amount of an order?', 'SELECT max(amount) AS max_amount FROM orders'],
    ['订单的最小 quantity', 'SELECT min(quantity) AS min_quantity FROM orders'],
    ['What is the median amount?', 'SELECT median(amount) AS median_amount FROM orders'],
    ['Standard deviation of the amount', 'SELECT stddev(amount) AS stddev_amount FROM orders'],
    ['When was the latest day of orders?', 'SELECT max(day) AS max_day FROM orders'],
    [
      'How many different customers are in the orders?',
      'SELECT count(DISTINCT customer) AS distinct_customer FROM orders',
    ],
    ['Total amount by region', grouped('region', 'sum(amount)', 'total_amount')],
    ['按地区统计总金额', grouped('region', 'sum(amount)', 'total_amount')],
    ['每个客户的平均金额是多少？', grouped('customer', 'avg(amount)', 'average_amount')],
    ['How many orders per customer?', grouped('customer', 'count(*)', 'count')],
    ['Top 5 customers by amount', grouped('customer', 'sum(amount)', 'total_amount', '5')],
    ['前三大客户按金额', grouped('customer', 'sum(amount)', 'total_amount', '3')],
    ['Which region has the highest total amount?', grouped('region', 'sum(amount)', 'total_amount', '1')],
    ['哪个地区的总金额最高？', grouped('region', 'sum(amount)', 'total_amount', '1')],
    ['Total amount by month', monthly('')],
    ['每月总金额', monthly('')],
    ['Running total of amount by month', monthly(`, sum(sum(amount)) OVER (ORDER BY ${byMonth}) AS running_total`)],
    [
      '3 month moving average of total amount by month',
      monthly(
        `, avg(sum(amount)) OVER (ORDER BY ${byMonth} ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS moving_average`,
      ),
    ],
    ['Show the 3 largest orders by amount', 'SELECT * FROM orders ORDER BY amount DESC LIMIT 3'],
    ['Show 4 rows of staff', 'SELECT * FROM staff LIMIT 4'],
    ['显示 staff 的 4 行数据', 'SELECT * FROM staff LIMIT 4'],
    [
      'Which regions are there?',
      'SELECT region, count(*) AS count FROM orders GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1000',
    ],
    [
      'Are there duplicate customers?',
      'SELECT customer, count(*) AS count FROM orders GROUP BY 1 HAVING count(*) > 1 ORDER BY 2 DESC LIMIT 1000',
    ],
    [
      'What is the correlation between quantity and amount?',
      'SELECT round(corr(quantity, amount), 6) AS correlation_quantity_amount FROM orders',
    ],
    [
      'Which cells of staff are missing?',
      'SELECT count(*) - count(name) AS name, count(*) - count(salary) AS salary FROM staff',
    ],
    ['How many orders in the North?', 'SELECT count(*) AS count FROM orders WHERE region = {{v1}}', ['North']],
    ['Orders with an amount over 400: how many?', 'SELECT count(*) AS count FROM orders WHERE amount > {{v1}}', [400]],
    ['金额不少于 1,500 的订单有多少条？', 'SELECT count(*) AS count FROM orders WHERE amount >= {{v1}}', [1500]],
    [
      'Total amount of orders between 2026-02-01 and 2026-02-10',
      'SELECT sum(amount) AS total_amount FROM orders WHERE day >= CAST({{v1}} AS TIMESTAMP) AND day < CAST({{v2}} AS TIMESTAMP)',
      ['2026-02-01', '2026-02-11'],
    ],
    [
      '2026年3月的订单总金额是多少？',
      'SELECT sum(amount) AS total_amount FROM orders WHERE day >= CAST({{v1}} AS TIMESTAMP) AND day < CAST({{v2}} AS TIMESTAMP)',
      ['2026-03-01', '2026-04-01'],
    ],
    [
      '最近30天的订单总金额',
      'SELECT sum(amount) AS total_amount FROM orders WHERE day > (SELECT max(day) FROM orders) - INTERVAL 30 day',
    ],
    [
      'How many orders from 0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045?',
      'SELECT count(*) AS count FROM orders WHERE lower("from") = lower({{v1}})',
      ['0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045'],
    ],
    ['SELECT name FROM staff WHERE salary > 5', 'SELECT name FROM staff WHERE salary > 5'],
  ])('%s', async (question, sql, values = []) => {
    expect(await ask(question)).toMatchObject({ sql, values });
  });

  test.each<[string, string, unknown[]?]>([
    [
      'Number of orders per weekday',
      'SELECT dayname(day) AS weekday, count(*) AS count FROM orders GROUP BY 1 ORDER BY min(isodow(day)), 1 LIMIT 1000',
    ],
    [
      '按星期几统计订单的总金额',
      'SELECT dayname(day) AS weekday, sum(amount) AS total_amount FROM orders GROUP BY 1 ORDER BY min(isodow(day)), 1 LIMIT 1000',
    ],
    [
      'Which hour of the day has the most orders?',
      'SELECT hour(day) AS hour_of_day, count(*) AS count FROM orders GROUP BY 1 ORDER BY count DESC, 1 LIMIT 1',
    ],
    [
      'How many orders between 3 and 10 March 2026?',
      'SELECT count(*) AS count FROM orders WHERE day >= CAST({{v1}} AS TIMESTAMP) AND day < CAST({{v2}} AS TIMESTAMP)',
      ['2026-03-03', '2026-03-11'],
    ],
    [
      '2026年3月28日到4月2日有多少条订单？',
      'SELECT count(*) AS count FROM orders WHERE day >= CAST({{v1}} AS TIMESTAMP) AND day < CAST({{v2}} AS TIMESTAMP)',
      ['2026-03-28', '2026-04-03'],
    ],
    [
      'What share of the orders are above 400 in amount?',
      'SELECT count(*) FILTER (WHERE amount > {{v1}}) AS matching_count, count(*) AS all_count, round(100 * coalesce(count(*) FILTER (WHERE amount > {{v1}}), 0) / nullif(count(*), 0), 2) AS share_percent FROM orders',
      [400],
    ],
    [
      'Top 2 customers by amount each month',
      `SELECT ${byMonth} AS month, customer, sum(amount) AS total_amount FROM orders GROUP BY 1, 2 QUALIFY row_number() OVER (PARTITION BY ${byMonth} ORDER BY sum(amount) DESC, customer) <= 2 ORDER BY 1, total_amount DESC NULLS LAST, 1, 2 LIMIT 1000`,
    ],
    [
      'Compare the total amount of the orders this month with last month',
      `SELECT ${byMonth} AS month, sum(amount) AS total_amount, sum(amount) - lag(sum(amount)) OVER (ORDER BY ${byMonth}) AS change, round(100 * (sum(amount) - lag(sum(amount)) OVER (ORDER BY ${byMonth})) / nullif(lag(sum(amount)) OVER (ORDER BY ${byMonth}), 0), 2) AS change_percent FROM orders WHERE day >= date_trunc('month', (SELECT max(day) FROM orders)) - INTERVAL 1 month GROUP BY 1 ORDER BY 1 LIMIT 1000`,
    ],
    [
      'How many new customers per week in the orders?',
      "SELECT CAST(date_trunc('week', day) AS DATE) AS week, count(*) AS new_count FROM ( SELECT who, min(day) AS day FROM ( SELECT day, customer AS who FROM orders ) WHERE who IS NOT NULL AND who <> '0x0000000000000000000000000000000000000000' GROUP BY 1 ) GROUP BY 1 ORDER BY 1 LIMIT 1000",
    ],
    ['周末的订单有多少条？', 'SELECT count(*) AS count FROM orders WHERE isodow(day) >= 6'],
  ])('as analysts ask: %s', async (question, sql, values = []) => {
    expect(await ask(question)).toMatchObject({ sql, values });
  });

  test.each<[string[], string]>([
    [['How many orders in March 2026?', 'And in April 2026?'], 'WHERE day >= CAST({{v1}} AS TIMESTAMP)'],
    [['Total amount by week', 'and by month?'], `SELECT ${byMonth} AS month, sum(amount) AS total_amount FROM`],
    [['每月总金额', '按地区呢？'], 'SELECT region, sum(amount)'],
  ])('and a short message adds to the one before: %j', async (questions, part) => {
    expect((await ask(...questions)).sql).toContain(part);
  });

  test('and is drawn or exported where the next message wants that alone', async () => {
    expect((await ask('Total amount by month', '换成折线图')).chart).toMatchObject({ kind: 'line', x: 'month' });
    const { calls } = await ask('每月总金额', '导出 CSV');
    expect(calls.at(-1)?.args).toMatchObject({ file: true });
  });

  test('with shares and growth worked out in it', async () => {
    expect((await ask('What is the share of each region of the total amount?')).sql).toContain(
      'round(100 * sum(amount) / sum(sum(amount)) OVER (), 2) AS share_percent',
    );
    expect((await ask('每月总金额的环比')).sql).toContain(`lag(sum(amount)) OVER (ORDER BY ${byMonth}) AS change`);
  });

  test('after the tables were looked at, and is shown with its values', async () => {
    const { calls, answer } = await ask('How many orders in the North?');
    expect(calls.map(({ name, args }) => [name, args['name']])).toEqual([
      ['list-tables', undefined],
      ['list-tables', 'orders'],
      ['run-sql', undefined],
    ]);
    expect(answer).toContain('count: **1**');
    expect(answer).toContain('```sql\n-- v1 = "North"\nSELECT count(*) AS count');
  });

  test('and a chart where one is asked for', async () => {
    expect((await ask('Total amount by month as a line chart')).chart).toMatchObject({
      kind: 'line',
      x: 'month',
      y: ['total_amount'],
    });
  });

  test('only from columns that there are; between two that could be meant, the person is asked', async () => {
    const unclear = await ask('What is the total of the orders?');
    expect(unclear).toMatchObject({
      sql: null,
      answer: 'Which column of `orders` do you mean? It has: `quantity`, `amount`.',
    });
    expect((await ask('What is the total of the orders?', 'amount')).sql).toBe(
      'SELECT sum(amount) AS total_amount FROM orders',
    );
    expect((await ask('What is the average temperature?')).answer).toBe(
      'Which table do you mean? There are: `orders`, `staff`.',
    );
    expect((await ask('订单的总数是多少？')).answer).toMatch(/`quantity`、`amount`/);
  });
});

describe('a saved query', () => {
  const desk = [...tools, tool('find-queries', 'Finds saved queries by words.', object({ words: text }))];
  const saved = {
    ...{ number: 4, name: 'Orders of the North', description: '', owner: 'Ada', isOwn: true, engine: 'duckdb' },
    ...{ sql: 'SELECT 1 WHERE {{n}} > 0', parameters: [{ name: 'n', type: 'number', value: '7' }] },
  };
  const search = async (question: string, queries: object[] = [saved]) => {
    const answer = (call: ScriptedCall) =>
      call.name === 'find-queries' ? JSON.stringify({ queries, note: '' }) : execute(call);
    const { calls, texts } = await converse([question], desk, answer);
    return { calls: calls.map(({ name, args }) => [name, args]), answer: texts.at(-1) ?? '' };
  };

  test.each(['Run my saved query "Orders of the North"', '运行我保存的查询“Orders of the North”'])(
    'is found by its words and run with the values that were saved: %s',
    async (question) => {
      expect((await search(question)).calls).toEqual([
        ['find-queries', { words: 'Orders of the North' }],
        ['run-sql', { sql: saved.sql, parameters: { n: 7 } }],
      ]);
    },
  );

  test('is only told of where nothing is to be run, or it runs elsewhere', async () => {
    const told = await search('Which saved queries do I have about orders?');
    expect(told.calls).toHaveLength(1);
    expect(told.answer).toContain('Orders of the North');
    expect((await search('Run my saved query about orders', [{ ...saved, engine: 'dune' }])).calls).toHaveLength(1);
  });
});

describe('a result is kept on a dashboard', () => {
  const desk = [
    ...tools,
    tool('list-dashboards', "Lists the person's dashboards.", object({})),
    tool(
      'save-to-dashboard',
      'Puts a result of run-sql on a dashboard.',
      object(
        { dashboard: text, title: text, execution: text, kind: text, x: text, y: { type: 'array', items: text } },
        ['dashboard', 'title', 'execution'],
      ),
    ),
  ];
  const grouping = [
    { name: 'region', type: 'VARCHAR' },
    { name: 'total_amount', type: 'DECIMAL(38,2)' },
  ];
  async function keep(dashboards: string[], ...questions: string[]) {
    const { calls, texts } = await converse(questions, desk, (call) => {
      const { name, args } = call;
      if (name === 'list-dashboards') return JSON.stringify({ dashboards: dashboards.map((name) => ({ name })) });
      if (name === 'save-to-dashboard')
        return JSON.stringify({ dashboard: 'd1', name: args['dashboard'], widgets: 1, note: '' });
      if (name !== 'run-sql') return execute(call);
      return JSON.stringify({ execution: 'e1', columns: grouping, rows: [['North', '1.00']], total: 1 });
    });
    return { kept: calls.find(({ name }) => name === 'save-to-dashboard')?.args, answer: texts.at(-1) ?? '' };
  }
  const bars = { execution: 'e1', kind: 'bar', x: 'region', y: ['total_amount'] };

  test.each<[string, string[], string[], object]>([
    [
      'the one that was asked for before',
      ['Sales'],
      ['Total amount by region', 'Put this on my dashboard'],
      { ...bars, dashboard: 'Sales', title: 'Total amount by region' },
    ],
    [
      'one that is asked for with it',
      [],
      ['Total amount by region, and save it to a dashboard called "North and South" as a table'],
      { dashboard: 'North and South', kind: 'table', title: 'Total amount by region' },
    ],
    [
      'the question between the words',
      [],
      ['Add the total amount by region to my sales dashboard'],
      { ...bars, dashboard: 'sales' },
    ],
    [
      'in Chinese',
      [],
      ['各地区的总金额', '把这个放到我的仪表板'],
      { ...bars, dashboard: '我的仪表板', title: '各地区的总金额' },
    ],
    ['in one Chinese sentence', ['a', 'b'], ['各地区的总金额，并保存到仪表板“销售”'], { ...bars, dashboard: '销售' }],
    [
      'where several could be meant, by the name that is answered',
      ['Sales', 'Costs'],
      ['Total amount by region', 'Pin it to my dashboard', 'Costs'],
      { ...bars, dashboard: 'Costs' },
    ],
  ])('%s', async (_name, dashboards, questions, expected) => {
    const { kept, answer } = await keep(dashboards, ...questions);
    expect(kept).toMatchObject(expected);
    expect(answer).toContain('(/dashboards/d1)');
  });

  test('and without a result, what is needed is said', async () => {
    expect(await keep([], 'Put this on my dashboard')).toMatchObject({
      kept: undefined,
      answer: expect.stringContaining('Ask a question about a table first'),
    });
  });
});
