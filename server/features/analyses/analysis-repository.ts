import { AnalysisKind, AnalysisReport } from '#server/contract/analysis.ts';
import type { PagePosition } from '#server/page-cursor.ts';
import type { Database } from '#server/platform/database.ts';
import { toStorable } from '#server/to-stored-json.ts';

/** Analyses, written and read for one person. */
export function createAnalysisRepository({ database: { prisma } }: { database: Pick<Database, 'prisma'> }) {
  return {
    create: async ({
      report,
      ...analysis
    }: {
      id: string;
      userId: string;
      kind: AnalysisKind;
      title: string;
      report: AnalysisReport;
      createdAt: Date;
    }) => {
      await prisma.analysis.create({ data: { ...analysis, report: toStorable(report) } });
    },

    count: (userId: string): Promise<number> => prisma.analysis.count({ where: { userId } }),

    /** Newest first. */
    list: async (userId: string, { after, limit }: { after: PagePosition | null; limit: number }) => {
      const rows = await prisma.analysis.findMany({
        where: {
          userId,
          ...(after !== null && {
            OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }],
          }),
        },
        select: { id: true, kind: true, title: true, createdAt: true },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: limit,
      });
      return rows.map((row) => ({ ...row, kind: AnalysisKind.parse(row.kind) }));
    },

    find: async (id: string, userId: string) => {
      const row = await prisma.analysis.findFirst({ where: { id, userId } });
      return row === null
        ? null
        : { ...row, kind: AnalysisKind.parse(row.kind), report: AnalysisReport.parse(row.report) };
    },

    /** False when it is not there. */
    remove: async (id: string, userId: string): Promise<boolean> =>
      (await prisma.analysis.deleteMany({ where: { id, userId } })).count > 0,
  };
}
export type AnalysisRepository = ReturnType<typeof createAnalysisRepository>;
