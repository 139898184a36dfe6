import { v7 } from 'uuid';
import { z } from 'zod';
import type { Execution } from '#server/contract/execution.ts';
import { SqlEngineName } from '#server/contract/sql-engine.ts';
import { SqlColumn, SqlText } from '#server/contract/sql.ts';
import { toSqlFaultWords } from '#server/contract/sql-fault-words.ts';
import { HubError } from '#server/hub-error.ts';
import { buildSpecification } from './chart/build-specification.ts';
import { mostRows as mostDrawn } from './chart/check-specification.ts';
import { makeChart } from './chart/make-chart.ts';
import { toChartRows, toPlain } from './chart/to-chart-rows.ts';
import type { ToolPorts } from './ports.ts';
import { refuseHeavy } from './refuse-heavy.ts';
import { requireData } from './require-data.ts';
import { defineTool, type ToolContext } from './tool.ts';

const column = () => z.string().min(1).max(200);
const mostShown = 200;
const largestFileBytes = 20 * 1024 * 1024;

const Input = z.strictObject({
  engine: SqlEngineName.default('duckdb').describe(
    "'duckdb' reads the tables of list-tables. 'dune' reads Dune's own tables at Dune, in Trino's SQL, with the person's key and at the cost of its credits: only when the person asks for Dune, and they are asked before it runs. Those tables are in no list here.",
  ),
  sql: SqlText.describe('One SELECT statement of the engine. Aggregate and limit in it rather than reading many rows.'),
  parameters: z
    .record(z.string().max(60), z.union([z.string().max(10_000), z.number()]))
    .default({})
    .describe('Values for {{name}} in the SQL. Put what the person or a table said here, not into the SQL.'),
  limit: z.number().int().min(1).max(mostShown).default(50).describe('How many rows you want to see.'),
  heavy: z
    .boolean()
    .default(false)
    .describe(
      'Only for a query that was refused as too heavy and cannot be narrowed: the person is asked before it runs.',
    ),
  file: z.boolean().default(false).describe('The person wants all rows as a file (CSV), also where they are few.'),
  chart: z
    .strictObject({
      title: z.string().trim().min(1).max(200),
      kind: z.enum(['bar', 'line', 'area', 'point', 'pie']).default('bar'),
      x: column().describe('The column for the horizontal axis, or for the slices of a pie.'),
      y: z.array(column()).min(1).max(8).describe('The columns with numbers.'),
      series: column().optional().describe('A column whose values split the rows into coloured series.'),
    })
    .optional()
    .describe('Draws the result for the person, with all its rows.'),
});

const Output = z.object({
  /** Names the result to the tools `chart` and `save-to-dashboard`. */
  execution: z.string(),
  columns: z.array(SqlColumn),
  rows: z.array(z.array(z.unknown())),
  total: z.number(),
  reads: z.array(z.string()),
  file: z.string().nullable(),
  chart: z.string().nullable(),
  /** What Dune charged; null for the hub's own engine. */
  credits: z.string().nullable(),
  note: z.string(),
});

const readsMuch = {
  en: 'It reads more than a query of an agent may without asking.',
  zh: '它读取的数据超过智能体无需询问即可读取的量。',
};
const spendsCredits = { en: 'It spends credits of your key at Dune.', zh: '这会消耗您 Dune 密钥的额度。' };

/** Runs SQL on the person's tables. What goes wrong with it is told to the model, which can write it better. */
export function createRunSqlTool({ drawChart }: Pick<ToolPorts, 'drawChart'>) {
  return defineTool({
    id: 'run-sql',
    title: { en: 'Run SQL', zh: '运行 SQL' },
    description: {
      en:
        "Runs one SQL query (DuckDB) on the person's tables and gives its rows; a result of many rows becomes a file for the person. " +
        'Figures are exact: quote them as they are. It can draw the result as a chart at once; its "execution" names the result to chart and save-to-dashboard. Look at list-tables first.',
      zh: '在用户的数据表上运行一条 SQL 查询（DuckDB）并返回结果行；行数较多时结果会存为文件。可同时绘制图表。先查看 list-tables。',
    },
    category: 'data',
    effect: 'read',
    untrusted: true,
    input: Input,
    output: Output,
    timeoutMs: 240_000,
    graceMs: 2000,
    maximumResultBytes: 32_000,
    // What a model says of the person's consent is no consent.
    asksFirst: async ({ engine, heavy }) => (engine === 'dune' ? spendsCredits : heavy ? readsMuch : null),
    intent: ({ sql, engine }, language) => {
      const line = sql.replaceAll(/\s+/g, ' ').slice(0, 80);
      if (engine === 'dune')
        return language === 'zh'
          ? `在 Dune 运行 SQL（消耗您的额度）：${line}`
          : `Spending your credits at Dune: ${line}`;
      return language === 'zh' ? `运行 SQL：${line}` : `Running SQL: ${line}`;
    },
    run: async ({ sql, engine, parameters: values, limit: shown, chart, heavy, file: wantsFile }, context) => {
      const data = requireData(context);
      const { signal, storeFile, language } = context;
      const parameters = toParameters(values);
      const cost = heavy || engine === 'dune' ? null : await data.estimateCost({ sql, parameters }, signal);
      if (cost !== null) refuseHeavy(cost);
      const execution = await data.runSql({ sql, engine, parameters }, signal);
      if (execution.state !== 'completed') throw toFailure(execution);
      const limit = chart === undefined ? shown : mostDrawn;
      const page = await data.readRows(execution.id, { limit, signal });
      const drawn =
        chart === undefined
          ? null
          : await makeChart(
              {
                title: chart.title,
                specification: buildSpecification({ ...chart, data: toChartRows(page), language }),
              },
              { drawChart, storeFile, signal },
            );
      const seen = page.rows.slice(0, shown);
      const isWhole = seen.length === execution.rows;
      const file =
        isWhole && !wantsFile
          ? null
          : await keepFile(
              execution,
              await data.exportCsv(execution.id, { maximumBytes: largestFileBytes, signal }),
              seen,
              storeFile,
            );
      return {
        output: {
          execution: execution.id,
          columns: page.columns,
          rows: seen,
          total: execution.rows,
          reads: execution.reads.map(({ table }) => table),
          file: file?.file ?? null,
          credits: execution.credits,
          chart: drawn?.id ?? null,
          note: toNote({ execution, isWhole, hasFile: file !== null }),
        },
        artifacts: [...(file === null ? [] : [file]), ...(drawn === null ? [] : [drawn])],
      };
    },
  });
}

const toParameters = (values: Record<string, string | number>) =>
  Object.entries(values).map(([name, value]) => ({
    name,
    type: typeof value === 'number' ? ('number' as const) : ('text' as const),
    value: String(value),
    options: [],
  }));

function toFailure({ fault }: Execution): HubError {
  if (fault === null) return new HubError('run_cancelled', { en: 'The query was stopped.', zh: '查询已停止。' });
  return new HubError('validation_failed', toSqlFaultWords(fault));
}

async function keepFile(
  { columns, rows: total }: Execution,
  bytes: Uint8Array | null,
  first: unknown[][],
  storeFile: ToolContext['storeFile'],
) {
  if (bytes === null) return null;
  const { id: file, size } = await storeFile({ name: 'result.csv', mediaType: 'text/csv', bytes });
  const table = { columns: columns.map(({ name }) => name), rows: first.map((row) => row.map(toPlain)), total };
  return { kind: 'file' as const, id: v7(), title: 'result.csv', file, mediaType: 'text/csv', size, table };
}

function toNote({ execution, isWhole, hasFile }: { execution: Execution; isWhole: boolean; hasFile: boolean }): string {
  if (execution.isCut)
    return `The query has more rows than the ${execution.rows} that a result may have. Aggregate in the SQL.`;
  if (isWhole) return hasFile ? 'These are all rows; the person has them as a file, too.' : 'These are all rows.';
  return hasFile
    ? 'These are the first rows; the person has all of them as a file. Do not repeat them as a table.'
    : 'These are the first rows; all of them are too large for a file. Aggregate in the SQL.';
}
