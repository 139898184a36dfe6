import { z } from 'zod';
import { ExecutionState, TableRead } from '#server/contract/execution.ts';
import { SqlEngineName } from '#server/contract/sql-engine.ts';
import { SqlColumn, SqlFault, SqlParameter } from '#server/contract/sql.ts';
import type { PagePosition } from '#server/page-cursor.ts';
import type { Database } from '#server/platform/database.ts';
import type { Execution as ExecutionRow } from '#server/platform/generated/prisma/client.ts';
import { toStorable } from '#server/to-stored-json.ts';

export type ExecutionRecord = Omit<ExecutionRow, 'engine' | 'state' | 'parameters' | 'reads' | 'columns' | 'fault'> & {
  engine: SqlEngineName;
  state: ExecutionState;
  parameters: SqlParameter[];
  reads: TableRead[];
  columns: SqlColumn[];
  fault: SqlFault | null;
};

type Beginning = Pick<
  ExecutionRecord,
  | 'id'
  | 'ownerId'
  | 'apiKeyId'
  | 'queryId'
  | 'queryVersion'
  | 'engine'
  | 'sql'
  | 'parameters'
  | 'startedAt'
  | 'expiresAt'
>;
type End = Pick<ExecutionRecord, 'state' | 'endedAt' | 'expiresAt'> &
  Partial<
    Pick<ExecutionRecord, 'reads' | 'columns' | 'rows' | 'isCut' | 'size' | 'credits' | 'resultSha256' | 'fault'>
  >;

const toRecord = ({ engine, state, parameters, reads, columns, fault, ...row }: ExecutionRow): ExecutionRecord => ({
  ...row,
  engine: SqlEngineName.parse(engine),
  state: ExecutionState.parse(state),
  parameters: z.array(SqlParameter).parse(parameters),
  reads: z.array(TableRead).parse(reads),
  columns: z.array(SqlColumn).parse(columns),
  fault: fault === null ? null : SqlFault.parse(fault),
});

/** What was run, and where its results are. */
export function createExecutionRepository({ database: { prisma } }: { database: Database }) {
  return {
    begin: async (execution: Beginning): Promise<ExecutionRecord> =>
      toRecord(await prisma.execution.create({ data: { ...execution, state: 'running' } })),

    /** Does nothing to one that has ended, or was cancelled, before. */
    end: async (id: string, { fault, reads, columns, ...end }: End): Promise<void> => {
      await prisma.execution.updateMany({
        where: { id, state: 'running' },
        data: {
          ...end,
          ...(reads === undefined ? {} : { reads: toStorable(reads) }),
          ...(columns === undefined ? {} : { columns: toStorable(columns) }),
          ...(fault === undefined || fault === null ? {} : { fault: toStorable(fault) }),
        },
      });
    },

    /** Those of some that were cancelled, maybe in another process of the hub. */
    listCancelled: async (ids: string[]): Promise<string[]> => {
      const rows = await prisma.execution.findMany({
        where: { id: { in: ids }, state: 'cancelled' },
        select: { id: true },
      });
      return rows.map(({ id }) => id);
    },

    find: async (ownerId: string, id: string): Promise<ExecutionRecord | null> => {
      const row = await prisma.execution.findFirst({ where: { id, ownerId } });
      return row === null ? null : toRecord(row);
    },

    /** Newest first. */
    list: async (
      ownerId: string,
      { queryId, before, limit }: { queryId: string | undefined; before: PagePosition | null; limit: number },
    ): Promise<ExecutionRecord[]> => {
      const rows = await prisma.execution.findMany({
        where: {
          ownerId,
          ...(queryId === undefined ? {} : { queryId }),
          ...(before === null
            ? {}
            : { OR: [{ startedAt: { lt: before.at } }, { startedAt: before.at, id: { lt: before.id } }] }),
        },
        orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
        take: limit,
      });
      return rows.map(toRecord);
    },

    /** Those of a query that had a result, newest first; some of them. */
    listCompleted: async (ownerId: string, queryId: string): Promise<ExecutionRecord[]> => {
      const rows = await prisma.execution.findMany({
        where: { ownerId, queryId, state: 'completed' },
        orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
        take: 50,
      });
      return rows.map(toRecord);
    },

    /** Lets go of results whose time is over, and of what was run long ago. */
    removeExpired: async (now: Date, startedBefore: Date): Promise<void> => {
      await prisma.execution.deleteMany({ where: { startedAt: { lt: startedBefore } } });
      await prisma.execution.updateMany({
        where: { expiresAt: { lt: now }, resultSha256: { not: null } },
        data: { resultSha256: null },
      });
      await prisma.execution.updateMany({
        where: { expiresAt: { lt: now }, state: 'running' },
        data: { state: 'failed', fault: toStorable(interrupted), endedAt: now },
      });
    },

    /** Those of some hashes that a result still has. */
    findUsed: async (sha256s: string[]): Promise<string[]> =>
      (
        await prisma.execution.findMany({
          where: { resultSha256: { in: sha256s } },
          select: { resultSha256: true },
          distinct: 'resultSha256',
        })
      ).flatMap(({ resultSha256 }) => resultSha256 ?? []),
  };
}
export type ExecutionRepository = ReturnType<typeof createExecutionRepository>;

/** What became of a query whose process of the hub ended under it. */
export const interrupted: SqlFault = {
  kind: 'interrupted',
  message: 'The hub was stopped while the query ran. Run it again.',
  line: null,
  column: null,
};
