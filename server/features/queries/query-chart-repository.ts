import { ChartView } from '#server/contract/chart-view.ts';
import type { Database } from '#server/platform/database.ts';
import type { SavedQueryChart } from '#server/platform/generated/prisma/client.ts';
import { toStorable } from '#server/to-stored-json.ts';

export type QueryChartRecord = Omit<SavedQueryChart, 'view'> & { view: ChartView };

const toRecord = ({ view, ...row }: SavedQueryChart): QueryChartRecord => ({ ...row, view: ChartView.parse(view) });

/** Charts that were saved with queries. */
export function createQueryChartRepository({ database: { prisma } }: { database: Pick<Database, 'prisma'> }) {
  return {
    /** Oldest first. */
    list: async (queryId: string): Promise<QueryChartRecord[]> =>
      (await prisma.savedQueryChart.findMany({ where: { queryId }, orderBy: { createdAt: 'asc' } })).map(toRecord),

    find: async (queryId: string, id: string): Promise<QueryChartRecord | null> => {
      const row = await prisma.savedQueryChart.findFirst({ where: { id, queryId } });
      return row === null ? null : toRecord(row);
    },

    create: async (chart: {
      id: string;
      queryId: string;
      name: string;
      view: ChartView;
      now: Date;
    }): Promise<QueryChartRecord> => {
      const { now, view, ...rest } = chart;
      const data = { ...rest, view: toStorable(view), createdAt: now, updatedAt: now };
      return toRecord(await prisma.savedQueryChart.create({ data }));
    },

    update: async (id: string, { name, view, now }: { name: string; view: ChartView; now: Date }): Promise<void> => {
      await prisma.savedQueryChart.updateMany({
        where: { id },
        data: { name, view: toStorable(view), updatedAt: now },
      });
    },

    /** False when it is not there. */
    remove: async (queryId: string, id: string): Promise<boolean> =>
      (await prisma.savedQueryChart.deleteMany({ where: { id, queryId } })).count > 0,
  };
}
export type QueryChartRepository = ReturnType<typeof createQueryChartRepository>;
