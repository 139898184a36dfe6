import { z } from 'zod';
import { ChartKind, ChartView } from '#server/contract/chart-view.ts';
import type { AddWidgetInput } from '#server/contract/dashboard.ts';
import { describeDuneCost, toDuneCost } from '#server/contract/dune-cost.ts';
import { Identifier } from '#server/contract/identifier.ts';
import { HubError } from '#server/hub-error.ts';
import { requireData } from './require-data.ts';
import { defineTool } from './tool.ts';

const column = () => z.string().min(1).max(200);

const Input = z.strictObject({
  dashboard: z
    .string()
    .trim()
    .min(1)
    .max(120)
    .describe('The name of the dashboard; it is made where there is none of that name.'),
  title: z.string().trim().min(1).max(120).describe('What stands above the widget.'),
  execution: Identifier.describe('The "execution" that run-sql gave. Its SQL is kept, so that the widget stays new.'),
  kind: z
    .enum(['table', ...ChartKind.options])
    .default('bar')
    .describe('How it is shown: table, counter (one figure), or a kind of chart.'),
  x: column().optional().describe('Of a chart: the column across.'),
  y: z.array(column()).max(8).default([]).describe('Of a chart or counter: the columns with figures.'),
  series: column().optional().describe('Of a chart: a column whose values split the rows into series.'),
});

const Output = z.object({ dashboard: z.string(), name: z.string(), widgets: z.number(), note: z.string() });

/** Keeps what SQL brought on a dashboard: its query, not its rows, which never pass through the model. */
export function createSaveToDashboardTool() {
  return defineTool({
    id: 'save-to-dashboard',
    title: { en: 'Save to a dashboard', zh: '保存到仪表板' },
    description: {
      en: "Puts a result of run-sql on one of the person's dashboards as a chart, table or counter that can be refreshed. Use it when they ask to keep, pin or follow a result.",
      zh: '把 run-sql 的结果作为可刷新的图表、表格或计数器放到用户的仪表板上。用户要求保存、固定或持续关注结果时使用。',
    },
    category: 'data',
    effect: 'write',
    untrusted: false,
    input: Input,
    output: Output,
    timeoutMs: 30_000,
    maximumResultBytes: 4_000,
    intent: ({ title, dashboard }, language) =>
      language === 'zh'
        ? `把“${title}”保存到仪表板“${dashboard}”`
        : `Saving "${title}" to the dashboard "${dashboard}"`,
    asksFirst: async ({ execution, dashboard: name }, { openData }) => {
      const spent = (await openData?.()?.findSpending({ name, execution })) ?? null;
      if (spent === null) return null;
      const { creditsEach, rhythm } = spent;
      if (rhythm !== null) return describeDuneCost(toDuneCost(rhythm.runsAMonth, creditsEach));
      const each = creditsEach ?? '?';
      return {
        en: `It runs at Dune: each refresh of the dashboard spends credits of your key, ${each} the last time. It is not refreshed by itself.`,
        zh: `它在 Dune 运行：仪表板每次刷新都会消耗您密钥的额度，上次为 ${each}。该仪表板不会自动刷新。`,
      };
    },
    run: async (input, context) => {
      const { execution, title, dashboard: name } = input;
      const saved = await requireData(context).saveToDashboard({ name, title, execution, show: toShow(input) });
      return {
        output: {
          dashboard: saved.id,
          name: saved.name,
          widgets: saved.widgets,
          note: `It is on the page "Dashboards", at /dashboards/${saved.id}.`,
        },
      };
    },
  });
}

function toShow({ kind, x, y, series }: z.output<typeof Input>): AddWidgetInput['show'] {
  if (kind === 'table') return { kind, columns: [] };
  const [first] = y;
  if (first === undefined)
    throw new HubError('validation_failed', {
      en: `A ${kind} needs a column of figures in "y".`,
      zh: `${kind} 需要在 "y" 中指定数值列。`,
    });
  if (kind === 'counter') return { kind, column: first, compare: 'refresh', unit: '' };
  return { kind: 'chart', view: ChartView.parse({ kind, x: x ?? null, y, series: series ?? null }) };
}
