import { z } from 'zod';
import { JsonValue } from '#server/contract/json.ts';
import type { JsonObject } from '#server/contract/json.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError } from '#server/hub-error.ts';
import { listIssues, toSaidIssues } from '#server/issue-words.ts';
import { ChartInput, toSpecification } from './chart.ts';
import { makeChart } from './chart/make-chart.ts';
import type { RunCode, ToolPorts } from './ports.ts';
import { keepTable } from './run-code/keep-table.ts';
import { defineTool } from './tool.ts';

type MadeOutput = Awaited<ReturnType<RunCode>>;

const longestCode = 60_000;
const shownRows = 5;
const longestPrintedShown = 20_000;

const Input = z.strictObject({
  code: z
    .string()
    .min(1)
    .max(longestCode)
    .describe(
      'Plain JavaScript (ES2023); the value of the last expression is the result. ' +
        'files: the attached files, each with name, text, csv() (rows as objects, numbers as numbers) and json(), also by name: files["sales.csv"].csv(). ' +
        'results: outputs of earlier tool calls of this run, as { call, tool, output }; results.byTool("time") lists outputs. ' +
        'parseCsv(text), print(...), table(rows, { title }) shows rows and keeps them as a CSV file, ' +
        'chart({ title, kind, data, x, y }) or chart(vegaLiteSpecification) draws. No network, no modules, no timers, no return outside of functions.',
    )
    // So that whoever fills parameters from words knows that these are none.
    .meta({ contentMediaType: 'text/javascript' }),
});

const Output = z.object({
  value: JsonValue.describe('The value of the last expression; null, when it has none.'),
  printed: z.string(),
  tables: z.array(
    z.object({
      title: z.string(),
      file: z.string(),
      columns: z.array(z.string()),
      rows: z.number().int(),
      first: z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))),
    }),
  ),
  charts: z.array(z.object({ title: z.string(), chart: z.string(), file: z.string() })),
  note: z.string(),
});

/** Runs JavaScript on the run's files and results in a sandbox; tables and charts of it are shown to the person. */
export function createRunCodeTool({ runCode, drawChart }: Pick<ToolPorts, 'runCode' | 'drawChart'>) {
  return defineTool({
    id: 'run-code',
    title: { en: 'Run code', zh: '运行代码' },
    description: {
      en:
        'Runs JavaScript in a sandbox to work on data: filter, group, join, sum and reshape attached files and the results of earlier tool calls. ' +
        'Use it for more than a few rows or more than one figure. Tables and charts made in it are shown to the person.',
      zh: '在沙箱中运行 JavaScript 处理数据：对附件和此前工具结果进行筛选、分组、关联、求和与整理。数据多于几行或需要多个数字时使用；其中生成的表格和图表会展示给用户。',
    },
    category: 'data',
    effect: 'read',
    untrusted: true,
    input: Input,
    output: Output,
    timeoutMs: 90_000,
    maximumResultBytes: 32_000,
    intent: ({ code }, language) => {
      const lines = code.trim().split('\n').length;
      return language === 'zh' ? `运行 ${lines} 行代码` : `Running ${lines} ${lines === 1 ? 'line' : 'lines'} of code`;
    },
    run: async ({ code }, { signal, storeFile, material, language }) => {
      const made = await runCode({ code, material: (await material?.()) ?? { files: [], results: [] } }, { signal });
      const specifications = made.charts.map((chart, place) => toChart(chart, place, language));
      const charts = [];
      for (const chart of specifications) charts.push(await makeChart(chart, { drawChart, storeFile, signal }));
      const tables = [];
      for (const table of made.tables) tables.push(await keepTable(table, storeFile));
      return {
        output: {
          value: made.value,
          printed: made.printed.slice(0, longestPrintedShown),
          tables: tables.map(({ file }, place) => {
            const { title = '', columns = [], rows = [] } = made.tables[place] ?? {};
            return { title, file, columns, rows: rows.length, first: rows.slice(0, shownRows) };
          }),
          charts: charts.map(({ title, id, file }) => ({ title, chart: id, file })),
          note: toNote(made),
        },
        artifacts: [...tables, ...charts],
      };
    },
  });
}

/** Either a whole Vega-Lite specification, or what the chart tool takes. */
function toChart(
  given: JsonObject,
  place: number,
  language: 'en' | 'zh',
): { title: string; specification: JsonObject } {
  const asked = given['title'];
  const title =
    typeof asked === 'string' && asked.trim() !== ''
      ? asked.slice(0, 200)
      : `${language === 'zh' ? '图表' : 'Chart'} ${place + 1}`;
  const isSimple = Array.isArray(given['data']) || 'specification' in given;
  const input = isSimple
    ? ChartInput.safeParse({ ...given, title })
    : ChartInput.safeParse({ title, specification: given });
  if (!input.success) {
    const errors = toSaidIssues(input.error.issues);
    throw new HubError('validation_failed', toUndrawn(place, listIssues(errors)), { errors });
  }
  try {
    return { title, specification: toSpecification(input.data, language) };
  } catch (thrown) {
    if (!(thrown instanceof HubError)) throw thrown;
    throw new HubError(thrown.code, toUndrawn(place, thrown.words), { errors: [...thrown.issues] });
  }
}

const toUndrawn = (place: number, why: LocalizedText): LocalizedText => ({
  en: `Chart ${place + 1} cannot be drawn. ${why.en}`,
  zh: `无法绘制第 ${place + 1} 个图表。${why.zh}`,
});

function toNote({ hasValue, printed, isPrintedCut, tables, charts }: MadeOutput): string {
  const notes = [];
  if (tables.length + charts.length > 0) notes.push('The person sees the tables and charts. Do not repeat their rows.');
  if (isPrintedCut || printed.length > longestPrintedShown) notes.push('More was printed than is shown.');
  if (!hasValue && printed === '' && tables.length + charts.length === 0)
    notes.push('The code has no result: end it with an expression, or print something.');
  return notes.join(' ');
}
