import { z } from 'zod';
import { DataFormat, WrongChecksums } from '#server/contract/dataset.ts';
import { SqlColumn } from '#server/contract/sql.ts';
import type { Database } from '#server/platform/database.ts';
import { Prisma, type Dataset as DatasetRow } from '#server/platform/generated/prisma/client.ts';

export type DatasetRecord = Omit<DatasetRow, 'columns' | 'rows' | 'format' | 'wrongChecksums'> & {
  format: DataFormat;
  rows: number;
  columns: SqlColumn[];
  /** Null where the table was made before addresses were kept by one rule. */
  wrongChecksums: WrongChecksums[] | null;
};

const toRecord = ({ columns, rows, format, wrongChecksums, ...row }: DatasetRow): DatasetRecord => ({
  ...row,
  format: DataFormat.parse(format),
  rows: Number(rows),
  columns: z.array(SqlColumn).parse(columns),
  wrongChecksums: z.array(WrongChecksums).nullable().parse(wrongChecksums),
});

const isOld = { wrongChecksums: { equals: Prisma.DbNull } };

type Written = Omit<DatasetRecord, 'wrongChecksums'> & { wrongChecksums: WrongChecksums[] };

/** Records of the tables that people brought. */
export function createDatasetRepository({ database: { prisma } }: { database: Database }) {
  return {
    list: async (ownerId: string): Promise<DatasetRecord[]> =>
      (await prisma.dataset.findMany({ where: { ownerId }, orderBy: { name: 'asc' } })).map(toRecord),
    find: async (ownerId: string, id: string): Promise<DatasetRecord | null> => {
      const row = await prisma.dataset.findFirst({ where: { ownerId, id } });
      return row === null ? null : toRecord(row);
    },
    count: (ownerId: string): Promise<number> => prisma.dataset.count({ where: { ownerId } }),
    create: async (dataset: Written): Promise<DatasetRecord> =>
      toRecord(await prisma.dataset.create({ data: dataset })),
    update: async (id: string, changes: Partial<Written>): Promise<DatasetRecord> =>
      toRecord(await prisma.dataset.update({ where: { id }, data: changes })),
    /** Tables that were made before addresses were kept by one rule, the oldest first. */
    listOld: async (limit: number): Promise<DatasetRecord[]> =>
      (await prisma.dataset.findMany({ where: isOld, orderBy: { id: 'asc' }, take: limit })).map(toRecord),
    listOldOf: async (ownerId: string): Promise<DatasetRecord[]> =>
      (await prisma.dataset.findMany({ where: { ownerId, ...isOld } })).map(toRecord),
    /** Changes a table unless somebody has had it read anew meanwhile. */
    replaceTable: async (id: string, tableSha256: string, changes: Partial<Written>): Promise<void> => {
      await prisma.dataset.updateMany({ where: { id, tableSha256 }, data: changes });
    },
    remove: async (ownerId: string, id: string): Promise<boolean> =>
      (await prisma.dataset.deleteMany({ where: { ownerId, id } })).count > 0,
    /** Those of some hashes that a dataset still has. */
    findUsed: async (sha256s: string[]): Promise<string[]> =>
      (
        await prisma.dataset.findMany({
          where: { OR: [{ sourceSha256: { in: sha256s } }, { tableSha256: { in: sha256s } }] },
          select: { sourceSha256: true, tableSha256: true },
        })
      ).flatMap(({ sourceSha256, tableSha256 }) => [sourceSha256, tableSha256]),
  };
}
export type DatasetRepository = ReturnType<typeof createDatasetRepository>;
