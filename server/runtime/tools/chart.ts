import { z } from 'zod';
import { JsonObject } from '#server/contract/json.ts';
import { HubError } from '#server/hub-error.ts';
import { buildSpecification } from './chart/build-specification.ts';
import { checkSpecification, mostRows } from './chart/check-specification.ts';
import type { ChartRow } from './chart/build-specification.ts';
import { makeChart } from './chart/make-chart.ts';
import { toChartRows } from './chart/to-chart-rows.ts';
import type { ToolPorts } from './ports.ts';
import { requireData } from './require-data.ts';
import { defineTool, type ToolContext } from './tool.ts';

const column = () => z.string().min(1).max(200);

/** What a chart is made of, as models give it. */
export const ChartInput = z.strictObject({
  title: z.string().trim().min(1).max(200).describe('The title of the chart.'),
  kind: z
    .enum(['bar', 'line', 'area', 'point', 'pie'])
    .default('bar')
    .describe('bar to compare, line or area over time, point for two measures, pie for shares.'),
  data: z
    .array(z.record(z.string().max(200), z.union([z.string().max(1_000), z.number(), z.boolean(), z.null()])))
    .min(1)
    .max(mostRows)
    .optional()
    .describe('The rows, each a flat object, e.g. [{"month":"2026-01","users":120}].'),
  execution: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .describe('Instead of data: the "execution" that run-sql gave. Its rows are read from there; do not copy them.'),
  x: column().optional().describe('The column for the horizontal axis, or for the slices of a pie.'),
  y: z
    .union([column(), z.array(column()).min(1).max(8)])
    .optional()
    .describe('The column with numbers; several make a series each.'),
  series: column().optional().describe('A column whose values split the rows into coloured series.'),
  specification: JsonObject.optional().describe(
    'Instead of data, x and y: a Vega-Lite specification with its data inline.',
  ),
});

const Output = z.object({
  title: z.string(),
  chart: z.string(),
  file: z.string(),
  rows: z.number().nullable(),
  note: z.string(),
});

/** Draws a chart from rows, or from a Vega-Lite specification; the page shows it live, the API serves it as SVG. */
export function createChartTool({ drawChart }: Pick<ToolPorts, 'drawChart'>) {
  return defineTool({
    id: 'chart',
    title: { en: 'Chart', zh: '图表' },
    description: {
      en:
        'Draws a bar, line, area, point or pie chart from rows of data and shows it to the person. ' +
        'Use it when numbers are to be compared, shown over time or split into shares. Give data, x and y; a Vega-Lite specification only for special charts.',
      zh: '根据数据行绘制柱状图、折线图、面积图、散点图或饼图，并展示给用户。需要比较数字、看趋势或占比时使用。',
    },
    category: 'charts',
    effect: 'read',
    untrusted: false,
    input: ChartInput,
    output: Output,
    timeoutMs: 60_000,
    maximumResultBytes: 8_000,
    intent: ({ title }, language) => (language === 'zh' ? `绘制图表：${title}` : `Drawing “${title}”`),
    run: async (given, context) => {
      const { signal, storeFile } = context;
      const input =
        given.execution === undefined ? given : { ...given, data: await readRows(given.execution, context) };
      const { title } = input;
      const artifact = await makeChart(
        { title, specification: toSpecification(input, context.language) },
        { drawChart, storeFile, signal },
      );
      return {
        output: {
          title,
          chart: artifact.id,
          file: artifact.file,
          rows: input.data?.length ?? null,
          note: 'The person sees the chart. Do not repeat its data or describe how it is drawn; say what it shows.',
        },
        artifacts: [artifact],
      };
    },
  });
}

const needed = { en: 'Needed, unless a specification is given.', zh: '未提供 specification 时需要它。' };

/** Rows of a result of SQL, which never pass through the model. A picture may round what they say exactly. */
async function readRows(execution: string, context: ToolContext): Promise<ChartRow[]> {
  const page = await requireData(context).readRows(execution, { limit: mostRows, signal: context.signal });
  if (page.rows.length === 0)
    throw new HubError('validation_failed', { en: 'The result has no rows to draw.', zh: '结果没有可绘制的行。' });
  return toChartRows(page);
}

/**
 * A checked Vega-Lite specification of what was given.
 *
 * @throws {HubError} `validation_failed`, with all issues and their paths
 */
export function toSpecification(
  { title, kind, data, x, y, series, specification }: z.output<typeof ChartInput>,
  language: 'en' | 'zh',
): JsonObject {
  if (specification !== undefined) return { title, ...checkSpecification(specification) };
  if (data !== undefined && x !== undefined && y !== undefined) {
    return buildSpecification({ title, kind, data, x, y: typeof y === 'string' ? [y] : y, series, language });
  }
  const missing = Object.entries({ data, x, y }).filter(([, value]) => value === undefined);
  const names = missing.map(([path]) => path);
  throw new HubError(
    'validation_failed',
    {
      en: `A chart needs data, x and y; missing: ${names.join(', ')}.`,
      zh: `图表需要 data、x 和 y；缺少：${names.join('、')}。`,
    },
    { errors: names.map((path) => ({ path, message: needed })) },
  );
}
