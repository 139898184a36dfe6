import { z } from 'zod';
import { AuditReport, AuditSource } from '#server/contract/contract-audit.ts';
import type { PagePosition } from '#server/page-cursor.ts';
import type { Database } from '#server/platform/database.ts';
import { toStorable } from '#server/to-stored-json.ts';

const Files = z.array(AuditSource);

/** Audits, written and read for one person. */
export function createContractAuditRepository({ database: { prisma } }: { database: Pick<Database, 'prisma'> }) {
  return {
    create: async ({
      files,
      report,
      ...audit
    }: {
      id: string;
      userId: string;
      title: string;
      files: AuditSource[];
      report: AuditReport;
      createdAt: Date;
    }) => {
      await prisma.contractAudit.create({ data: { ...audit, files: toStorable(files), report: toStorable(report) } });
    },

    count: (userId: string): Promise<number> => prisma.contractAudit.count({ where: { userId } }),

    /** Newest first. */
    list: async (userId: string, { after, limit }: { after: PagePosition | null; limit: number }) => {
      const rows = await prisma.contractAudit.findMany({
        where: {
          userId,
          ...(after !== null && {
            OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }],
          }),
        },
        select: { id: true, title: true, report: true, createdAt: true },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: limit,
      });
      return rows.map((row) => ({ ...row, report: AuditReport.parse(row.report) }));
    },

    find: async (id: string, userId: string) => {
      const row = await prisma.contractAudit.findFirst({ where: { id, userId } });
      return row === null ? null : { ...row, files: Files.parse(row.files), report: AuditReport.parse(row.report) };
    },

    /** False when it is not there. */
    remove: async (id: string, userId: string): Promise<boolean> =>
      (await prisma.contractAudit.deleteMany({ where: { id, userId } })).count > 0,
  };
}
export type ContractAuditRepository = ReturnType<typeof createContractAuditRepository>;
