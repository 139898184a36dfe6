import { z } from 'zod';
import { requireData } from './require-data.ts';
import { defineTool } from './tool.ts';

const Output = z.object({
  dashboards: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      description: z.string(),
      widgets: z.number(),
      refreshedAt: z.string().nullable(),
    }),
  ),
  note: z.string(),
});

/** The person's dashboards, so that a result goes where they want it. */
export function createListDashboardsTool() {
  return defineTool({
    id: 'list-dashboards',
    title: { en: 'List dashboards', zh: '列出仪表板' },
    description: {
      en: "Lists the person's dashboards. Call it before save-to-dashboard, or when they ask what dashboards they have.",
      zh: '列出用户的仪表板。在使用 save-to-dashboard 之前，或用户询问有哪些仪表板时调用。',
    },
    category: 'data',
    effect: 'read',
    untrusted: false,
    input: z.strictObject({}),
    output: Output,
    timeoutMs: 20_000,
    maximumResultBytes: 32_000,
    intent: (_input, language) => (language === 'zh' ? '查看仪表板' : 'Looking at the dashboards'),
    run: async (_input, context) => {
      const dashboards = await requireData(context).listDashboards();
      return {
        output: {
          dashboards,
          note:
            dashboards.length === 0
              ? 'The person has no dashboards yet. save-to-dashboard makes one.'
              : 'They stand on the page "Dashboards".',
        },
      };
    },
  });
}
