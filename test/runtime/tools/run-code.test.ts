import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createChartRenderer } from '#server/platform/chart-renderer.ts';
import { createCodeRunner } from '#server/platform/code/code-runner.ts';
import { createRunCodeTool } from '#server/runtime/tools/run-code.ts';
import type { RunMaterial, Tool } from '#server/runtime/tools/tool.ts';
import { callTool, createFileKeeper } from '#test/support/call-tool.ts';
import { workersFolder } from '#test/support/prepared-folder.ts';

const { storeFile, files } = createFileKeeper();
const material: RunMaterial = {
  files: [
    { name: 'sales.csv', text: 'region,amount,note\nNorth,10.5,"a, ""b"""\nSouth,20,\nNorth,4.5,007\n', isCut: false },
    { name: 'rates.json', text: '{"EUR":1.1}', isCut: false },
    { name: '__proto__', text: '城市;人口\r\n北京;21.8\r\n', isCut: false },
  ],
  results: [{ call: 'call-1', tool: 'time', output: { iso: '2026-11-26' } }],
};
let runCode: ReturnType<typeof createCodeRunner>;
let drawChart: ReturnType<typeof createChartRenderer>;
let tool: Tool;
/** The same with little time: whoever waits for an end waits for this one. */
let hasty: { runCode: ReturnType<typeof createCodeRunner>; tool: Tool };
const run = (code: string, by = tool) => callTool(by, { code }, { material, storeFile });
const failureOf = async (code: string, by = tool) => {
  const { isError, output } = await run(code, by);
  expect(isError).toBe(true);
  return (output as { error: string }).error;
};
const valueOf = async (code: string) => {
  const { output } = await run(code);
  expect(output).toHaveProperty('value');
  return (output as { value: unknown }).value;
};

beforeAll(() => {
  const workerFile = new URL('code-worker.js', workersFolder);
  const limits = { memoryMb: 32, processMb: 400 };
  runCode = createCodeRunner({ workerFile, limits });
  drawChart = createChartRenderer({ workerFile: new URL('chart-worker.js', workersFolder) });
  tool = createRunCodeTool({ runCode, drawChart });
  const hastyRunner = createCodeRunner({ workerFile, limits: { ...limits, processorMs: 200 } });
  hasty = { runCode: hastyRunner, tool: createRunCodeTool({ runCode: hastyRunner, drawChart }) };
});
afterAll(() => Promise.all([runCode.close(), hasty.runCode.close(), drawChart.close()]));

describe('code in the sandbox', () => {
  test('works on files and results, prints, and gives the value of its last expression', async () => {
    const { output, textForModel } = await run(`
      const sums = {};
      for (const { region, amount } of files['sales.csv'].csv()) sums[region] = (sums[region] ?? 0) + amount;
      print('regions', Object.keys(sums));
      console.log(results[0].call, results.byTool('time')[0].iso, results['call-1'].iso);
      ({ sums, rate: files[1].json().EUR, cities: parseCsv(files[2].text), notes: files[0].csv().map((row) => row.note) })`);
    expect(output).toMatchObject({
      value: {
        sums: { North: 15, South: 20 },
        rate: 1.1,
        cities: [{ 城市: '北京', 人口: 21.8 }],
        notes: ['a, "b"', null, '007'],
      },
      printed: 'regions ["North","South"]\ncall-1 2026-11-26 2026-11-26\n',
    });
    expect(textForModel).toMatch(/^\[untrusted data/);
  });

  test('shows tables, which are CSV files without formulas, and charts, which are drawn', async () => {
    const { output, artifacts } = await run(`
      table([{ name: 'a,b', value: 1.5 }, { name: '=HYPERLINK("x")', value: -2, more: true }], { title: 'Two / rows' });
      chart({ title: 'Growth', kind: 'line', data: [{ m: '2026-01', n: 1 }, { m: '2026-02', n: 3 }], x: 'm', y: 'n' });
      chart({ mark: 'bar', data: { values: [{ a: 'x', b: 1 }] }, encoding: { x: { field: 'a' }, y: { field: 'b', type: 'quantitative' } } });`);
    expect(artifacts).toMatchObject([
      {
        kind: 'file',
        title: 'Two / rows',
        table: {
          columns: ['name', 'value', 'more'],
          rows: [
            ['a,b', 1.5, null],
            ['=HYPERLINK("x")', -2, true],
          ],
          total: 2,
        },
      },
      { kind: 'chart', title: 'Growth' },
      { kind: 'chart', title: 'Chart 2' },
    ]);
    expect(output).toMatchObject({
      tables: [{ rows: 2, first: [['a,b', 1.5, null], expect.anything()] }],
      charts: [{}, {}],
    });
    const csv = files.find(({ name }) => name === 'Two rows.csv');
    expect(Buffer.from(csv?.bytes ?? []).toString()).toBe(
      '\uFEFFname,value,more\r\n"a,b",1.5,\r\n"\'=HYPERLINK(""x"")",-2,true\r\n',
    );
  });

  test.each([
    ['a link', `({ mark: 'bar', data: { url: 'https://example.org/x.csv' } })`, 'Chart 1 cannot be drawn.*data.url'],
    [
      'a missing column',
      `({ title: 'T', data: [{ a: 1 }], x: 'a', y: 'b' })`,
      'Chart 1 cannot be drawn.*no column "b"',
    ],
  ])('refuses a chart with %s as the chart tool does', async (_, chart, message) => {
    expect(await failureOf(`chart${chart}`)).toMatch(new RegExp(message));
  });

  test('gives values that JSON lacks in words', async () => {
    expect(
      await valueOf(`const own = { self: null }; own.self = own;
        [undefined, NaN, 10n ** 20n, new Date(0), new Map([['a', 1]]), new Set([2]), () => 1, own, new Error('x')]`),
    ).toEqual([
      null,
      'NaN',
      '100000000000000000000',
      '1970-01-01T00:00:00.000Z',
      { a: 1 },
      [2],
      '[function]',
      { self: '[circular]' },
      'Error: x',
    ]);
    expect(await valueOf(`(async () => { await null; return 7; })()`)).toBe(7);
  });
});

describe('failures say where and what to do', () => {
  test.each([
    ['a mistake', 'const a = 1;\n\na.b.c', /^Line 3: TypeError: .*'c'.*run the whole code again/],
    [
      'a throw in a function',
      'function f() {\n  throw new Error("no rows");\n}\nprint("so far");\nf()',
      /^Line 2: Error: no rows\. .*Printed until then: so far/,
    ],
    ['a slip of the pen', 'const a = 1;\nconst b = ;', /SyntaxError/],
    ['a return', 'const a = 1;\nreturn a', /Leave "return" out/],
    ['a top-level await', 'const a = await fetch("x")', /Nothing here has to be waited for/],
    ['a thrown text', 'throw "just text"', /just text/],
    ['a rejected promise', 'Promise.reject(new RangeError("late"))', /RangeError: late/],
    ['a table of nothing', 'table("x")', /^Line 1: TypeError: table takes a list of rows/],
  ])('%s', async (_, code, message) => {
    expect(await failureOf(code)).toMatch(message);
  });
});

describe('nothing gets out', () => {
  test.each([
    'process.env',
    'require("fs")',
    'fetch("https://example.org")',
    'setTimeout(() => 1)',
    'WebAssembly.Memory',
    'new Worker("x")',
  ])('%s is not there', async (code) => {
    expect(await failureOf(code)).toMatch(
      /^Line 1: ReferenceError: .* is not defined\. There is only plain JavaScript|is not defined/,
    );
  });

  test.each(['import("node:fs")', 'import fs from "node:fs"'])('%s is refused', async (code) => {
    expect(await failureOf(code)).toMatch(/Nothing can be imported/);
  });

  test('constructors and prototypes lead to the sandbox only', async () => {
    expect(
      await valueOf(`
        const world = print.constructor.constructor('return this')();
        const names = new Set();
        for (let at = world; at; at = Object.getPrototypeOf(at)) Object.getOwnPropertyNames(at).forEach((name) => names.add(name));
        [world === globalThis, ['process', 'require', 'module', 'Buffer', 'global', 'std', 'os', 'bjson', 'emit'].filter((name) => names.has(name)),
          typeof files[0].csv.constructor('return typeof process')()]`),
    ).toEqual([true, [], 'string']);
    expect(await valueOf(`files[0].csv.constructor('return typeof process')()`)).toBe('undefined');
  });

  test('changed prototypes change nothing for what is reported, and nothing for the next call', async () => {
    expect(
      await valueOf(`
        Object.prototype.toJSON = () => 'caught';
        Array.prototype.push = Array.prototype.map = JSON.stringify = () => { throw new Error('caught'); };
        Object.defineProperty(Object.prototype, 'value', { get: () => 'caught', set() { throw new Error('caught'); }, configurable: true });
        globalThis.files = null; print('still'); ({ ok: [1, 2] })`),
    ).toEqual({ ok: [1, 2] });
    expect(await valueOf(`[({}).toJSON, [1].map((one) => one + 1), files.length]`)).toEqual([null, [2], 3]);
  });

  test('failures of the hub’s own side show nothing of it', async () => {
    const seen = await valueOf(`
      const seen = [];
      for (const make of [() => table(Array(60_000).fill(1)), () => chart([]), () => table([{}], { title: { toString: null } })])
        try { make(); } catch (error) { seen.push(error.name + error.message + error.stack + JSON.stringify(Object.getOwnPropertyDescriptors(error))); }
      seen.join()`);
    expect(seen).toMatch(/at most 50000 rows/);
    expect(seen).not.toMatch(/node_modules|file:|\/work|chunks|platform|wasm/);
  });

  test('a key named __proto__ is a key', async () => {
    const { output } = await run(`JSON.parse('{"__proto__": {"isAdmin": true}}')`);
    expect(Object.getPrototypeOf((output as { value: object }).value)).toBe(Object.prototype);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });
});

describe('everything has an end', () => {
  test.each([
    ['a loop', 'let n = 0;\nfor (;;) n += 1', /^The code ran for more than 0.2 seconds/],
    ['a loop that catches', 'for (;;) { try { for (;;) {} } catch {} finally { continue; } }', /ran for more than/],
    ['a pattern', '/^(a+)+$/.test("a".repeat(40) + "b")', /ran for more than/],
    ['promises', 'const again = () => Promise.resolve().then(again); again()', /ran for more than/],
    ['a trap in what is thrown', 'throw { get message() { for (;;) {} }, get stack() { throw 1 } }', /./],
    ['a trap in the value', '({ get a() { for (;;) {} } })', /ran for more than/],
  ])('%s', async (_, code, message) => {
    expect(await failureOf(code, hasty.tool)).toMatch(message);
  });

  test.each([
    ['a list', 'const a = [];\nfor (;;) a.push("x".repeat(1e5) + a.length)', /^Line 2: .*more than 32 MB/],
    ['a buffer', 'new ArrayBuffer(2 ** 31)', /more than 32 MB|Invalid|invalid/],
    ['a text', '"x".repeat(2 ** 29)', /more than 32 MB|too long/],
    ['recursion', 'const f = () => f() + 1;\nf()', /^(?:Line 1: )?The code calls itself too deeply/],
    ['nesting', 'let a = []; for (let i = 0; i < 2e5; i += 1) a = [a]; JSON.stringify(a)', /too deeply/],
    ['a long value', '"x".repeat(5e6)', /more than 4 MB/],
    ['tables without end', 'for (;;) table([{ a: 1 }])', /At most 10 tables/],
  ])('%s', async (_, code, message) => {
    expect(await failureOf(code)).toMatch(message);
  });

  test('printing more than is kept is cut, and said', async () => {
    const { output } = await run('for (let i = 0; i < 30; i += 1) print("x".repeat(1e4)); 1');
    expect(output).toMatchObject({ value: 1, note: expect.stringContaining('More was printed') });
  });

  test('an abort ends it at once', async () => {
    const controller = new AbortController();
    const slow = callTool(tool, { code: 'for (;;) {}' }, { material, signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    expect((await slow).output).toMatchObject({ code: 'run_cancelled' });
  });
});
