import { z } from 'zod';
import { QueryAccess, type QueryVersion } from '#server/contract/saved-query.ts';
import { SqlEngineName } from '#server/contract/sql-engine.ts';
import { SqlParameter } from '#server/contract/sql.ts';
import type { Database } from '#server/platform/database.ts';
import type { Prisma } from '#server/platform/generated/prisma/client.ts';
import { lastChangedFirst, type ListWish, whereListed } from '#server/where-listed.ts';

const withNewest = {
  owner: { select: { id: true, name: true } },
  versions: { orderBy: { version: 'desc' }, take: 1 },
} as const satisfies Prisma.SavedQueryInclude;

type Row = Prisma.SavedQueryGetPayload<{ include: typeof withNewest }>;
type VersionRow = Row['versions'][number];

export type SavedQueryRecord = Omit<Row, 'versions' | 'access' | 'engine'> & {
  access: QueryAccess;
  engine: SqlEngineName;
  sql: string;
  parameters: SqlParameter[];
};
type Content = Pick<SavedQueryRecord, 'engine' | 'sql' | 'parameters'>;
type Details = Pick<SavedQueryRecord, 'name' | 'description' | 'access'>;

function toRecord({ versions: [newest], access, engine, ...row }: Row): SavedQueryRecord {
  const parameters = z.array(SqlParameter).parse(newest?.parameters ?? []);
  return {
    ...row,
    access: QueryAccess.parse(access),
    engine: SqlEngineName.parse(engine),
    sql: newest?.sql ?? '',
    parameters,
  };
}

const toVersion = ({ version, engine, sql, parameters, createdAt }: VersionRow): QueryVersion => ({
  version,
  engine: SqlEngineName.parse(engine),
  sql,
  parameters: z.array(SqlParameter).parse(parameters),
  createdAt: createdAt.toISOString(),
});

/** Queries that people saved, each with all its versions. */
export function createSavedQueryRepository({ database: { prisma } }: { database: Database }) {
  return {
    create: async (
      query: Details & Content & { id: string; ownerId: string; forkOfId: string | null; now: Date },
    ): Promise<SavedQueryRecord> => {
      const { engine, sql, parameters, now, ...details } = query;
      const versions = { create: { version: 1, engine, sql, parameters, createdAt: now } };
      const data = { ...details, engine, createdAt: now, updatedAt: now, versions };
      return toRecord(await prisma.savedQuery.create({ data, include: withNewest }));
    },

    count: (ownerId: string): Promise<number> => prisma.savedQuery.count({ where: { ownerId } }),

    find: async (where: { id: string } | { number: number }): Promise<SavedQueryRecord | null> => {
      const row = await prisma.savedQuery.findUnique({ where, include: withNewest });
      return row === null ? null : toRecord(row);
    },

    /** Last changed first. */
    list: async ({
      limit,
      isArchived,
      ...wish
    }: ListWish & { limit: number; isArchived: boolean }): Promise<SavedQueryRecord[]> => {
      const rows = await prisma.savedQuery.findMany({
        where: { isArchived, ...whereListed(wish) },
        orderBy: lastChangedFirst,
        take: limit,
        include: withNewest,
      });
      return rows.map(toRecord);
    },

    /** With `content` as a new version. */
    update: async (
      { id, version }: { id: string; version: number },
      {
        content,
        now,
        ...details
      }: Partial<Details & Pick<SavedQueryRecord, 'isArchived'>> & { content: Content | null; now: Date },
    ): Promise<SavedQueryRecord> => {
      const next =
        content === null
          ? {}
          : {
              version: version + 1,
              engine: content.engine,
              versions: { create: { version: version + 1, ...content, createdAt: now } },
            };
      const data = { ...details, updatedAt: now, ...next };
      return toRecord(await prisma.savedQuery.update({ where: { id }, data, include: withNewest }));
    },

    remove: async (id: string): Promise<void> => {
      await prisma.savedQuery.deleteMany({ where: { id } });
    },

    /** Newest first. */
    listVersions: async (queryId: string): Promise<QueryVersion[]> =>
      (await prisma.savedQueryVersion.findMany({ where: { queryId }, orderBy: { version: 'desc' }, take: 100 })).map(
        toVersion,
      ),

    findVersion: async (queryId: string, version: number): Promise<QueryVersion | null> => {
      const row = await prisma.savedQueryVersion.findUnique({ where: { queryId_version: { queryId, version } } });
      return row === null ? null : toVersion(row);
    },
  };
}
export type SavedQueryRepository = ReturnType<typeof createSavedQueryRepository>;
