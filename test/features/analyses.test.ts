import { extractText } from 'unpdf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Analysis, ColumnProfile, ProfileFigures } from '#server/contract/analysis.ts';
import type { Execution, ResultPage } from '#server/contract/execution.ts';
import { createAgent } from '#test/support/agent-requests.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { readProblem } from '#test/support/read-problem.ts';
import { startRun } from '#test/support/run-engine.ts';
import { uploadDataset } from '#test/support/upload-dataset.ts';

let hub: TestApp;
let person: TestPerson;

const days = Array.from({ length: 140 }, (_, index) =>
  new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
);
const week = [0, 4, 7, 3, 1, -6, -9];
/** A week that repeats itself on a slope, with a little that does not. */
const sales = days.map((_, index) => 50 + 0.1 * index + (week[index % 7] ?? 0) + ((index * 7919) % 13) / 13);
const table = [
  'day,sales,returned,amount,shop,open',
  ...days
    .filter((_, index) => index !== 60)
    .map((day, index) => {
      const sold = sales[days.indexOf(day)] ?? 0;
      const amount = `${10n ** 30n + BigInt(index)}`;
      const value = index === 7 ? '' : index === 20 ? '900' : sold.toFixed(2);
      return `${day},${value},${(sold * 2).toFixed(2)},${amount},${index % 3 === 0 ? 'north' : 'south'},${index % 2 === 0}`;
    }),
  // The same row once more.
  `${days[1]},${(sales[1] ?? 0).toFixed(2)},${((sales[1] ?? 0) * 2).toFixed(2)},${10n ** 30n + 1n},south,false`,
].join('\n');

const post = (kind: string, payload: object, by: TestPerson = person) =>
  by.inject({ method: 'POST', url: `/api/analyses/${kind}`, payload });
async function analyse(kind: string, payload: object): Promise<Analysis> {
  const answer = await post(kind, payload);
  expect([answer.statusCode, answer.body]).toEqual([201, expect.any(String)]);
  return answer.json<Analysis>();
}
/** What JSON has no number for is none of the report's. */
const toFigure = (value: unknown) => (value === 'NaN' ? null : value);
const run = async (sql: string) =>
  (
    await person.inject({ method: 'POST', url: '/api/executions', payload: { sql, waitSeconds: 20 } })
  ).json<Execution>();

beforeAll(async () => {
  hub = await buildTestApp();
  person = await hub.createPerson();
  await uploadDataset(person.inject, 'shop_days.csv', table);
}, 120_000);
afterAll(() => hub.close());

describe('a profile', () => {
  let profile: Analysis;
  const columnOf = (name: string): ColumnProfile => {
    const found =
      profile.report.kind === 'profile' ? profile.report.columns.find((one) => one.name === name) : undefined;
    if (found === undefined) throw new Error(`no column ${name}`);
    return found;
  };
  beforeAll(async () => {
    profile = await analyse('profile', { source: { table: 'shop_days' } });
  });

  test('says what is in a table, exactly', () => {
    if (profile.report.kind !== 'profile') throw new Error('no profile');
    expect(profile.report.overview.values).toEqual({ rows: 140, duplicates: 1 });
    expect(columnOf('sales').counts.values).toMatchObject({ present: 139, missing: 1, notFinite: 0 });
    expect(columnOf('amount')).toMatchObject({
      type: 'HUGEINT',
      figures: { values: { minimum: `${10n ** 30n}`, maximum: `${10n ** 30n + 138n}`, median: `${10n ** 30n + 68n}` } },
    });
    expect(columnOf('shop').frequent?.values).toEqual([
      { value: 'south', count: 93 },
      { value: 'north', count: 47 },
    ]);
    expect(columnOf('sales').outliers?.quartiles?.figures.values['count']).toBe(1);
    expect(columnOf('sales').outliers?.quartiles?.rows.map((row) => row.slice(0, 2))).toEqual([[days[20], 900]]);
    expect(columnOf('day').gaps?.values).toMatchObject({ step: 86_400, gaps: 1, longest: 172_800, after: days[59] });
    expect(profile.report.summary[0]).toEqual({
      en: 'shop_days has 140 rows and 6 columns (3 of numbers, 1 of times, 1 of text); one row repeats one before.',
      zh: 'shop_days 共 140 行、6 列（数字 3 列，时间 1 列，文本 1 列）；有 1 行与之前的行重复。',
    });
  });

  test('of a result and of a table gives figures that its SQL gives again', async () => {
    const { id } = await run('SELECT day, sales, returned, amount FROM shop_days -- all of it');
    const ofResult = await analyse('profile', { source: { execution: id } });
    for (const [{ report }, some] of [
      [profile, 99],
      [ofResult, 6],
    ] as const) {
      if (report.kind !== 'profile') throw new Error('no profile');
      const figures = [
        report.overview,
        ...report.columns
          .filter(({ name }) => ['day', 'sales', 'amount'].includes(name))
          .flatMap(({ counts, figures: own, spread, total, gaps, outliers }) => [
            counts,
            own,
            spread,
            total,
            gaps,
            outliers?.quartiles?.figures,
            outliers?.deviations?.figures,
          ]),
        ...report.correlations.map(({ figures: own }) => own),
      ].filter((one): one is ProfileFigures => one !== null && one !== undefined);
      expect(figures.length).toBeGreaterThan(15);
      for (const { sql, values } of figures.slice(0, some)) {
        const execution = await run(sql);
        expect([execution.fault, sql]).toEqual([null, sql]);
        const rows = await person.inject({ url: `/api/executions/${execution.id}/rows` });
        const page = rows.json<ResultPage>();
        const again = Object.fromEntries(
          page.columns.map(({ name }, index) => [name, toFigure(page.rows[0]?.[index])]),
        );
        for (const [name, value] of Object.entries(values))
          expect(again[name], `${name}: ${sql}`).toEqual(
            typeof value === 'number' ? expect.closeTo(value, 9 - Math.ceil(Math.log10(Math.abs(value) + 1))) : value,
          );
      }
    }
  }, 120_000);

  test('has means and deviations of values that no double tells apart', async () => {
    const rows = Array.from({ length: 4 }, (_, index) => {
      const digits = `${10n ** 30n + BigInt(index)}`;
      return `(${digits}::HUGEINT, 1000000000000000000000001::HUGEINT, -${index}.${'1'.repeat(18)}::DECIMAL(38,18), 9007199254740993::BIGINT + ${index}, ${2n ** 128n - 1n}::UHUGEINT - ${index}, ${index === 0 ? '-' : ''}${2n ** 127n - 1n}::HUGEINT)`;
    });
    const made = await analyse('profile', {
      source: { sql: `SELECT * FROM (VALUES ${rows.join(', ')}) AS t(near, same, price, safe, most, far)` },
    });
    if (made.report.kind !== 'profile') throw new Error('no profile');
    const { columns, correlations } = made.report;
    const read = (name: string) => {
      const found = columns.find((one) => one.name === name);
      return {
        mean: found?.total?.values['mean'] ?? found?.figures?.values['mean'],
        deviation: found?.spread?.values['deviation'],
        outliers: found?.outliers?.deviations?.figures.values['count'],
      };
    };
    expect(read('near')).toEqual({
      mean: `${10n ** 30n + 1n}.5`,
      deviation: expect.closeTo(Math.sqrt(5 / 3), 12) as number,
      outliers: 0,
    });
    expect(read('same')).toEqual({ mean: '1000000000000000000000001', deviation: 0, outliers: 0 });
    expect(read('price')).toMatchObject({
      mean: `-1.6${'1'.repeat(17)}`,
      deviation: expect.closeTo(1.29, 2) as number,
    });
    expect(read('safe')).toMatchObject({ deviation: expect.closeTo(Math.sqrt(5 / 3), 12) as number, outliers: 0 });
    expect(read('most').mean).toBe(`${2n ** 128n - 3n}.5`);
    const edges = (name: string) =>
      columns.find((one) => one.name === name)?.histogram?.bins.map(({ from }) => String(from));
    expect(edges('safe')).toEqual([3n, 4n, 5n, 6n].map((last) => `${9007199254740990n + last}`));
    expect(edges('near')).toEqual([0n, 1n, 2n, 3n].map((more) => `${10n ** 30n + more}`));
    expect(edges('far')?.length).toBe(2);
    expect(edges('price')).toEqual(['-3.1', '-2.2', '-1.16', '-0.26'].map((start) => start.padEnd(21, '1')));
    // Their difference has no room in the engine's largest integer.
    expect(read('far').deviation).toBeCloseTo(1.7014118346046923e38, -24);
    const together = correlations.find(({ one, other }) => one === 'near' && other === 'price');
    expect(together?.figures.values).toMatchObject({ pearson: expect.closeTo(-1, 9) as number, rows: 4 });
  });

  test('has charts as SVG, and reports in the reader’s language', async () => {
    expect(profile.charts.map(({ id }) => id)).toContain('correlations');
    const svg = await person.inject({ url: `/api/analyses/${profile.id}/charts/correlations` });
    expect(svg.headers['content-type']).toBe('image/svg+xml');
    expect(svg.body).toContain('<svg');
    expect(svg.body).not.toContain('<script');
    const bars = await person.inject({ url: `/api/analyses/${profile.id}/charts/distribution-1?language=zh` });
    expect(bars.body.match(/aria-roledescription="rect"|<path aria-label="[^"]*行数/g)?.length ?? 0).toBeGreaterThan(1);
    const url = `/api/analyses/${profile.id}/report.md`;
    expect((await person.inject({ url })).body).toContain('# Profile: shop_days');
    expect((await person.inject({ url, headers: { 'accept-language': 'zh-CN' } })).body).toContain('## 数字列');
    const pdf = await person.inject({ url: `/api/analyses/${profile.id}/report.pdf` });
    expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await person.inject({ url: `/api/analyses/${profile.id}/charts/none` })).statusCode).toBe(404);
  }, 60_000);

  test('is listed, read again, nobody else’s, and gone once it is deleted', async () => {
    const made = await analyse('profile', { title: 'Once', source: { sql: 'SELECT 1 AS n' } });
    const url = `/api/analyses/${made.id}`;
    expect((await person.inject({ url })).json()).toEqual(made);
    expect((await person.inject({ url: '/api/analyses' })).body).toContain('"Once"');
    const other = await hub.createPerson();
    for (const ending of ['', '/report.md', '/report.pdf', '/charts/correlations'])
      expect((await other.inject({ url: url + ending })).statusCode).toBe(404);
    expect((await other.inject({ method: 'DELETE', url })).statusCode).toBe(404);
    expect((await other.inject({ url: '/api/analyses' })).json()).toMatchObject({ items: [] });
    expect((await post('profile', { source: { table: 'shop_days' } }, other)).statusCode).toBe(404);
    const { id } = await run('SELECT 1 AS n');
    expect((await post('profile', { source: { execution: id } }, other)).statusCode).toBe(404);
    expect((await hub.app.inject({ url })).statusCode).toBe(401);
    expect((await person.inject({ method: 'DELETE', url })).statusCode).toBe(204);
    expect((await person.inject({ url })).statusCode).toBe(404);
  });
});

describe('a forecast', () => {
  test('of a table finds the season, fills the gap, and is beside the naive one', async () => {
    const { report, charts } = await analyse('forecast', {
      source: { sql: "SELECT day, sales FROM shop_days WHERE sales < 800 AND day <> DATE '2026-01-02'" },
      horizon: 14,
    });
    if (report.kind !== 'forecast') throw new Error('no forecast');
    expect(report).toMatchObject({ season: 7, horizon: 14, series: { step: 'day', value: 'sales', filled: 4 } });
    const score = report.backTest.scores.find(({ model }) => model === report.chosen);
    expect(score?.besideNaive).toBeLessThan(0.3);
    expect(report.points.map(({ time }) => time).slice(0, 2)).toEqual(['2026-05-21', '2026-05-22']);
    for (const [index, point] of report.points.entries()) {
      const truth = 50 + 0.1 * (140 + index) + (week[(140 + index) % 7] ?? 0) + 0.5;
      expect(Math.abs(point.value - truth)).toBeLessThan(1.5);
      expect(point.low95).toBeLessThanOrEqual(point.low80);
      expect(point.low80).toBeLessThan(point.high80);
    }
    expect(report.notes.map(({ text }) => text.en).join(' ')).toContain('no advice');
    expect(charts.map(({ id }) => id)).toEqual(['forecast', 'back-test']);
  }, 60_000);

  test.each([
    [{ points: [1, 2, 3].map((value) => ({ value })) }, 'The series has 3 values'],
    [{ points: Array.from({ length: 20 }, () => ({ value: 'many' })) }, '"many" of row 1 is not a number'],
    [{ points: Array.from({ length: 20 }, () => ({ value: 'NaN' })) }, '"NaN" of row 1 is not a number'],
    [{ points: Array.from({ length: 20 }, (_, value) => ({ time: 'soon', value })) }, '"soon" in row 1 is not a time'],
    [{ source: { table: 'shop_days' }, series: { value: 'shop' } }, 'holds no numbers'],
    [{ source: { table: 'shop_days' }, series: { value: 'profit' } }, 'There is no column "profit"'],
    [{ source: { table: 'shop_days' }, series: { time: 'open' } }, 'neither times nor numbers'],
    [{ source: { sql: 'SELECT nothing' } }, 'The query gave no result'],
    [{ source: { table: 'a', sql: 'SELECT 1' } }, 'Send one of'],
    [{}, 'Send either "source" or "points"'],
  ])('of %j is refused', async (payload, why) => {
    const answer = await post('forecast', payload);
    expect(answer.statusCode).toBe(400);
    expect(JSON.stringify(readProblem(answer))).toContain(why.replaceAll('"', '\\"'));
  });

  test('of 77 digits, and of what never changes', async () => {
    const vast = await analyse('forecast', {
      points: Array.from({ length: 40 }, (_, index) => ({ value: `${10n ** 76n * BigInt(index + 1)}` })),
    });
    if (vast.report.kind !== 'forecast') throw new Error('no forecast');
    expect(vast.report.points[0]?.value).toBeCloseTo(41e76, -74);
    const still = await analyse('forecast', { points: Array.from({ length: 20 }, () => ({ value: 5 })) });
    if (still.report.kind !== 'forecast') throw new Error('no forecast');
    expect(still.report).toMatchObject({ chosen: 'naive', points: expect.arrayContaining([]) });
    expect(still.report.points[0]).toMatchObject({ value: 5, low95: 5, high95: 5 });
    expect(still.report.notes[0]?.text.en).toContain('never changes');
  });
});

describe('indicators', () => {
  test('of pasted prices are those that are known', async () => {
    const { id, report, charts } = await analyse('indicators', {
      points: days.slice(0, 60).map((time, index) => ({ time, value: 100 + (index % 10) })),
      smaLength: 10,
      riskFreeRate: 0.02,
    });
    if (report.kind !== 'indicators') throw new Error('no indicators');
    expect(report.points.at(-1)).toMatchObject({ value: 109, sma: 104.5, drawdown: 0 });
    expect(report.maximumDrawdown?.depth).toBeCloseTo(100 / 109 - 1, 12);
    expect(report.periodsPerYear).toBe(365);
    expect(report.summary.map(({ en }) => en).join(' ')).toContain('Sharpe ratio');
    for (const { id: chart } of charts)
      expect((await person.inject({ url: `/api/analyses/${id}/charts/${chart}` })).statusCode, chart).toBe(200);
    const pdf = await person.inject({ url: `/api/analyses/${id}/report.pdf` });
    const { text } = await extractText(new Uint8Array(pdf.rawPayload), { mergePages: true });
    for (const said of [text, report.notes.map((note) => note.text.en).join(' ')])
      expect(said).toContain('It is no advice');
  });

  test('of several prices a step take the last one, unless another way is asked for', async () => {
    const read = async (series: object) => {
      const { report } = await analyse('indicators', { source: { sql: 'SELECT day, sales FROM shop_days' }, series });
      return report.kind === 'indicators' ? report.points.map(({ value }) => value) : null;
    };
    const usual = await read({ every: 'week' });
    expect(usual).toEqual(await read({ every: 'week', combine: 'last' }));
    expect(usual).not.toEqual(await read({ every: 'week', combine: 'sum' }));
  });

  test('of a table leave out what needs returns where values are not positive', async () => {
    const { report } = await analyse('indicators', {
      source: { sql: 'SELECT day, sales - 55 AS change FROM shop_days WHERE sales < 800' },
    });
    expect(report).toMatchObject({ maximumDrawdown: null, sharpe: null, volatility: null });
  });
});

describe('an agent without a model', () => {
  let analyst: string;
  beforeAll(async () => {
    const tools = ['list-tables', 'profile-table', 'forecast', 'indicators'].map((id) => ({ id }));
    analyst = (await createAgent(person, { name: 'Analyst', definition: { tools } })).handle;
  });

  test.each([
    ['profile-table', 'Give me an overview of the table shop_days', 'en', 'shop\\_days has 140 rows and 6 columns'],
    ['forecast', 'Forecast the sales of the table shop_days', 'en', 'no advice to buy, hold or sell'],
    ['forecast', '预测数据表 shop_days 的 sales 走势', 'zh', '不构成任何买入、持有或卖出的建议'],
    ['indicators', 'The RSI and the drawdown of sales in the table shop_days', 'en', 'RSI (14) is 43.9'],
  ])('answers with %s and its charts: %s', async (tool, input, language, said) => {
    const { run: ended } = await startRun(person, analyst, { input }, { 'accept-language': language });
    expect(ended).toMatchObject({ status: 'completed', output: expect.stringContaining(said) });
    const used = ended.steps.filter(({ kind }) => kind === 'tool');
    expect(used).toEqual([
      expect.objectContaining({ tool: 'list-tables' }),
      expect.objectContaining({ tool: 'list-tables' }),
      expect.objectContaining({ tool }),
    ]);
    expect(ended.artifacts.map(({ kind }) => kind)).toContain('chart');
  });
});
