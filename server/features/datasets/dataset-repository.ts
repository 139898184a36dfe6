import { z } from 'zod';
import { DataFormat } from '#server/contract/dataset.ts';
import { SqlColumn } from '#server/contract/sql.ts';
import type { Database } from '#server/platform/database.ts';
import type { Dataset as DatasetRow } from '#server/platform/generated/prisma/client.ts';

export type DatasetRecord = Omit<DatasetRow, 'columns' | 'rows' | 'format'> & {
  format: DataFormat;
  rows: number;
  columns: SqlColumn[];
};

const toRecord = ({ columns, rows, format, ...row }: DatasetRow): DatasetRecord => ({
  ...row,
  format: DataFormat.parse(format),
  rows: Number(rows),
  columns: z.array(SqlColumn).parse(columns),
});

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
    create: async (dataset: DatasetRecord): Promise<DatasetRecord> =>
      toRecord(await prisma.dataset.create({ data: dataset })),
    update: async (id: string, changes: Partial<DatasetRecord>): Promise<DatasetRecord> =>
      toRecord(await prisma.dataset.update({ where: { id }, data: changes })),
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
