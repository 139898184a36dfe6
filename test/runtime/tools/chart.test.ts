import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '#server/contract/json.ts';
import { createChartRenderer } from '#server/platform/chart-renderer.ts';
import { createChartTool } from '#server/runtime/tools/chart.ts';
import type { Tool } from '#server/runtime/tools/tool.ts';
import { callTool, createFileKeeper } from '#test/support/call-tool.ts';
import { workersFolder } from '#test/support/prepared-folder.ts';

let drawChart: ReturnType<typeof createChartRenderer>;
let chart: Tool;
const workerFile = new URL('chart-worker.js', workersFolder);
const { storeFile, files } = createFileKeeper();
const draw = async (input: object) => await callTool(chart, input, { storeFile });
const lastSvg = () => new TextDecoder().decode(files.at(-1)?.bytes);
const rows = [
  { month: '2026-01', ETH: '1,200.5', 'price.usd': 3, pool: 'a [1]' },
  { month: '2026-02', ETH: '900', 'price.usd': 5, pool: 'b' },
  { month: '2026-03', ETH: '1500', 'price.usd': 4, pool: 'c' },
];
const bars: JsonObject = {
  data: { values: [{ a: 'x', b: 1 }] },
  mark: 'bar',
  encoding: { x: { field: 'a', type: 'nominal' }, y: { field: 'b', type: 'quantitative' } },
};

beforeAll(() => {
  drawChart = createChartRenderer({ workerFile });
  chart = createChartTool({ drawChart });
});
afterAll(() => drawChart.close());

describe('the chart tool', () => {
  test.each(['bar', 'line', 'area', 'point', 'pie'])('draws a %s chart from rows', async (kind) => {
    const { output, artifacts, isError } = await draw({
      title: 'Supply 供应量',
      kind,
      data: rows,
      x: 'month',
      y: 'ETH',
    });
    expect(output).toMatchObject({ rows: 3 });
    expect(isError).toBe(false);
    expect(artifacts).toMatchObject([{ kind: 'chart', title: 'Supply 供应量', file: files.at(-1)?.id }]);
    expect(files.at(-1)).toMatchObject({ mediaType: 'image/svg+xml' });
    expect(lastSvg()).toMatch(/^<svg/);
    expect(lastSvg()).toContain('Supply 供应量');
    expect(lastSvg()).toContain('fill="#ffffff"');
    expect(lastSvg()).not.toContain('NaN');
  });

  test('numbers written as text are drawn as the numbers they are', async () => {
    const { artifacts } = await draw({ title: 'T', data: rows, x: 'month', y: 'ETH' });
    expect(artifacts).toMatchObject([
      { specification: { data: { values: [{ ETH: 1200.5 }, { ETH: 900 }, { ETH: 1500 }] } } },
    ]);
  });

  test('a reader of Chinese finds known columns named in Chinese, and others as they are', async () => {
    const data = [
      { symbol: 'ETH', total_amount: 2, Anteil: 3 },
      { symbol: 'DAI', total_amount: 5, Anteil: 4 },
    ];
    const own = { storeFile, language: 'zh' as const };
    await callTool(chart, { title: 'T', data, x: 'symbol', y: 'total_amount' }, own);
    for (const title of ['代币', '合计数量']) expect(lastSvg()).toContain(title);
    expect(lastSvg()).not.toContain('total_amount');
    await callTool(chart, { title: 'T', data, x: 'symbol', y: ['total_amount', 'Anteil'] }, own);
    for (const title of ['合计数量', 'Anteil']) expect(lastSvg()).toContain(title);
  });

  test('a column whose name has dots or brackets is a column, not a path', async () => {
    await draw({ title: 'T', data: rows, x: 'pool', y: 'price.usd' });
    expect(lastSvg()).toContain('price.usd: 5');
    expect(lastSvg()).toContain('a [1]');
  });

  test('an axis of whole numbers has no ticks between them, and years have no thousands', async () => {
    const weeks = [44, 45, 46, 47].map((week) => ({ week, sold: week * 2 }));
    await draw({ title: 'T', kind: 'line', data: weeks, x: 'week', y: 'sold' });
    expect(lastSvg()).toMatch(/>45<\/text>/);
    expect(lastSvg()).not.toMatch(/>44\.\d<\/text>/);
    const years = [2024, 2025, 2026].map((year) => ({ year, sold: year * 2 }));
    await draw({ title: 'T', kind: 'line', data: years, x: 'year', y: 'sold' });
    expect(lastSvg()).toMatch(/>2025<\/text>/);
  });

  test('several measures become a series each', async () => {
    const data = [
      { d: '2026-01-01', in: 1, out: 2 },
      { d: '2026-01-02', in: 3, out: 1 },
    ];
    expect(await draw({ title: 'Flows', kind: 'line', data, x: 'd', y: ['in', 'out'] })).toMatchObject({
      isError: false,
    });
    expect(lastSvg()).toMatch(/>In<.*>Out</s);
  });

  test('long Chinese labels lie within the picture, cut by their limit and not by its edge', async () => {
    const data = ['首位存款人可夺走后来者的资产', '任何人都能重复调用初始化函数并成为所有者'].map((kind, index) => ({
      kind,
      count: index + 1,
    }));
    const specification: JsonObject = {
      data: { values: data },
      mark: 'bar',
      encoding: { y: { field: 'kind', type: 'nominal' }, x: { field: 'count', type: 'quantitative' } },
    };
    await draw({ title: '弱点', specification });
    const frame = Number(/^<svg[^>]*>.*?translate\(([\d.]+),/s.exec(lastSvg())?.[1]);
    const labels = [
      ...lastSvg().matchAll(/text-anchor="end" transform="translate\(-?([\d.]+),[^>]*>([^<]*[产…])<\/text>/g),
    ];
    expect(labels.map(([, , text]) => text)).toEqual([expect.stringMatching(/…$/), expect.stringMatching(/…$/)]);
    for (const [, left, text = ''] of labels) expect(text.length * 12 + Number(left)).toBeLessThanOrEqual(frame);
  });

  test('draws a specification that a model wrote', async () => {
    const { isError, artifacts } = await draw({
      title: 'Own',
      specification: { ...bars, config: { background: '#fafafa' } },
    });
    expect(isError).toBe(false);
    expect(artifacts).toMatchObject([{ specification: { title: 'Own', config: { background: '#fafafa' } } }]);
  });

  test('5,000 rows are drawn', async () => {
    const data = Array.from({ length: 5_000 }, (_, index) => ({
      x: index,
      y: Math.round(Math.sin(index / 100) * 1000),
    }));
    expect(await draw({ title: 'Wave', kind: 'line', data, x: 'x', y: 'y' })).toMatchObject({ isError: false });
  });

  test.each<[string, object, string]>([
    ['no data', { x: 'a', y: 'b' }, 'data'],
    ['an unknown column', { data: rows, x: 'year', y: 'ETH' }, 'x'],
    ['a measure without numbers', { data: rows, x: 'month', y: 'pool' }, 'y'],
    ['an unknown kind', { data: rows, x: 'month', y: 'ETH', kind: 'radar' }, 'kind'],
    ['too many rows', { data: Array(5_001).fill({ a: 1 }), x: 'a', y: 'a' }, 'data'],
    ['rows that are not flat', { data: [{ a: { b: 1 } }], x: 'a', y: 'a' }, 'data.0.a'],
  ])('names what is wrong with %s', async (_, input, path) => {
    expect((await draw({ title: 'T', ...input })).output).toMatchObject({
      code: 'validation_failed',
      issues: [{ path }],
    });
  });

  test.each<[string, JsonObject, RegExp]>([
    ['data from an address', { ...bars, data: { url: 'http://169.254.169.254/x.csv' } }, /loads nothing/],
    ['an image mark', { ...bars, mark: { type: 'image' } }, /loads nothing/],
    ['a short image mark in a layer', { layer: [{ ...bars, mark: 'image' }] }, /loads nothing/],
    ['a link', { ...bars, encoding: { href: { value: 'javascript:alert(1)' } } }, /no links/],
    [
      'an expression with a side effect',
      { ...bars, transform: [{ calculate: 'modify("source_0", datum)', as: 'z' }] },
      /calls a function/,
    ],
    ['a giant picture', { ...bars, width: 1e9 }, /At most 4000/],
    ['endless rows', { ...bars, data: { sequence: { start: 0, stop: 1e12 } } }, /more than 5000 rows/],
    ['a Vega specification', { $schema: 'https://vega.github.io/schema/vega/v6.json', marks: [] }, /not a Vega-Lite/],
    ['nothing to draw', { data: { values: [] } }, /Needs one of/],
  ])('refuses %s', async (_, specification, message) => {
    const { isError, output } = await draw({ title: 'T', specification });
    expect(isError).toBe(true);
    expect(output).toMatchObject({ code: 'validation_failed', error: expect.stringMatching(message) });
  });

  test.each<[string, JsonObject]>([
    ['an unknown mark', { ...bars, mark: 'sparkle' }],
    ['a broken expression', { ...bars, transform: [{ calculate: 'datum.b +', as: 'z' }] }],
    ['code in an expression', { ...bars, transform: [{ calculate: '(() => process.exit())()', as: 'z' }] }],
    [
      'a way out of the interpreter',
      { ...bars, transform: [{ calculate: "datum.constructor.constructor('return process')()", as: 'b' }] },
    ],
  ])('a chart with %s is a refusal in words', async (_, specification) => {
    expect((await draw({ title: 'T', specification })).output).toMatchObject({
      code: 'validation_failed',
      error: expect.stringContaining('cannot be drawn'),
    });
  });

  test('rows may have columns called url and href', async () => {
    const data = [{ url: 'a', href: 1 }];
    expect(await draw({ title: 'T', data, x: 'url', y: 'href' })).toMatchObject({ isError: false });
    expect(
      await draw({ title: 'T', specification: { ...bars, data: { values: [{ a: 'x', b: 1, url: 'y' }] } } }),
    ).toMatchObject({ isError: false });
  });
});

describe('drawing', () => {
  const endless = (stop: number): JsonObject => ({
    data: { sequence: { start: 0, stop, as: 'i' } },
    mark: 'point',
    encoding: { x: { field: 'i', type: 'quantitative' } },
  });

  test('a chart that takes too long is ended, and the next one is drawn', async () => {
    const renderer = createChartRenderer({ workerFile, processorMs: 1_500 });
    const slow = renderer(endless(3e6));
    const next = renderer(bars);
    await expect(slow).rejects.toMatchObject({
      code: 'validation_failed',
      message: expect.stringMatching(/too much (work|memory)/),
    });
    await expect(next).resolves.toMatchObject({ svg: expect.stringContaining('<svg') });
    await renderer.close();
  }, 20_000);

  test('a chart that needs too much memory ends only its own drawing', async () => {
    const numbers = Array.from({ length: 100 }, (_, index) => index);
    const explosion: JsonObject = {
      data: { values: [{ a: numbers, b: numbers, c: numbers, d: numbers }] },
      transform: ['a', 'b', 'c', 'd'].map((column) => ({ flatten: [column] })),
      mark: 'point',
      encoding: { x: { field: 'a', type: 'quantitative' } },
    };
    const renderer = createChartRenderer({ workerFile, processorMs: 60_000 });
    await expect(renderer(explosion)).rejects.toMatchObject({
      code: 'validation_failed',
      message: expect.stringContaining('too much memory'),
    });
    await expect(renderer(bars)).resolves.toMatchObject({ svg: expect.stringContaining('<svg') });
    await renderer.close();
  }, 90_000);

  test('an abort ends the waiting for a chart', async () => {
    const renderer = createChartRenderer({ workerFile });
    const stop = new AbortController();
    const slow = renderer(endless(3e6), { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(slow).rejects.toThrow('enough');
    await expect(renderer(bars)).resolves.toMatchObject({ svg: expect.stringContaining('<svg') });
    await renderer.close();
  });

  test('nothing is loaded, whatever the specification says', async () => {
    await expect(drawChart({ ...bars, data: { url: 'file:///etc/passwd', format: { type: 'csv' } } })).rejects.toThrow(
      /may not load|cannot be drawn/,
    );
  });
});
