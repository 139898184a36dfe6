import { z } from 'zod';
import {
  CheckResult,
  Eval,
  EvalColumn,
  EvalReason,
  type EvalResult,
  EvalResultStatus,
  EvalRunStatus,
} from '#server/contract/eval.ts';
import { Problem } from '#server/contract/problem.ts';
import type { Database } from '#server/platform/database.ts';
import { Prisma } from '#server/platform/generated/prisma/client.ts';
import { toStorable } from '#server/to-stored-json.ts';
import type { EvalRunFacts, EvalRunRecord, NewEvalRun } from './eval-record.ts';

const withResults = {
  results: { orderBy: [{ row: 'asc' }, { column: 'asc' }] },
} satisfies Prisma.EvalRunRowInclude;
type Row = Prisma.EvalRunRowGetPayload<{ include: typeof withResults }>;

const shortly = {
  omit: { tests: true },
  include: { results: { select: { column: true, status: true } } },
} satisfies Prisma.EvalRunRowFindManyArgs;
type ShortRow = Prisma.EvalRunRowGetPayload<typeof shortly>;

const Tests = z.array(z.object({ id: z.string(), test: Eval }));

/** Runs of evals with their results. */
export function createEvalRunRepository({ database: { prisma } }: { database: Pick<Database, 'prisma'> }) {
  return {
    /** Stores a run with a waiting result for each eval in each column. */
    create: async ({ columns, tests, ...run }: NewEvalRun): Promise<void> => {
      const results = tests.flatMap((_test, row) => columns.map((_column, column) => ({ row, column })));
      await prisma.evalRunRow.create({
        data: {
          ...run,
          columns,
          tests,
          results: { createMany: { data: results } },
        },
      });
    },

    find: async (agentId: string, id: string): Promise<EvalRunRecord | null> => {
      const row = await prisma.evalRunRow.findFirst({ where: { id, agentId }, include: withResults });
      return row === null ? null : toRecord(row);
    },

    /** Newest first. */
    list: async (agentId: string, limit: number): Promise<EvalRunFacts[]> => {
      const where = { agentId };
      const rows = await prisma.evalRunRow.findMany({ ...shortly, where, orderBy: { id: 'desc' }, take: limit });
      return rows.map(toFacts);
    },

    /** The newest whole run of a draft and its evals that was not cut short. */
    findWhole: async (
      of: Pick<NewEvalRun, 'agentId' | 'draftDigest' | 'suiteRevision'>,
    ): Promise<EvalRunFacts | null> => {
      const row = await prisma.evalRunRow.findFirst({
        ...shortly,
        where: { ...of, isWhole: true, status: 'completed' },
        orderBy: { id: 'desc' },
      });
      return row === null ? null : toFacts(row);
    },

    storeResult: async (evalRunId: string, given: EvalResult): Promise<void> => {
      const { row, column, run, error, ...result } = toStorable(given);
      await prisma.evalResultRow.update({
        where: { evalRunId_row_column: { evalRunId, row, column } },
        data: { ...result, runId: run, error: error ?? Prisma.DbNull },
      });
    },

    /** Says that the run is still being run; false when it was ended elsewhere, or is gone. */
    touch: async (id: string, seenAt: Date): Promise<boolean> =>
      (await prisma.evalRunRow.updateMany({ where: { id, status: 'running' }, data: { seenAt } })).count === 1,

    /** Ends a run, and what had not come to an end in it. One that has ended stays as it is. */
    end: async (id: string, status: Exclude<EvalRunStatus, 'running'>, endedAt: Date): Promise<void> => {
      await prisma.$transaction([
        prisma.evalRunRow.updateMany({ where: { id, status: 'running' }, data: { status, endedAt } }),
        prisma.evalResultRow.updateMany({
          where: { evalRunId: id, status: { in: ['waiting', 'running'] } },
          data: { status: 'cancelled' },
        }),
      ]);
    },

    /** Removes all but the newest runs of an agent. */
    prune: async (agentId: string, kept: number): Promise<void> => {
      const where = { agentId };
      const [oldest] = await prisma.evalRunRow.findMany({
        where,
        orderBy: { id: 'desc' },
        skip: kept - 1,
        take: 1,
        select: { id: true },
      });
      if (oldest !== undefined) await prisma.evalRunRow.deleteMany({ where: { agentId, id: { lt: oldest.id } } });
    },
  };
}
export type EvalRunRepository = ReturnType<typeof createEvalRunRepository>;

function toFacts({ columns, status, results, ...row }: ShortRow): EvalRunFacts {
  return {
    ...row,
    status: EvalRunStatus.parse(status),
    columns: z.array(EvalColumn).parse(columns),
    results: results.map((result) => ({ column: result.column, status: EvalResultStatus.parse(result.status) })),
  };
}

function toRecord({ tests, results, ...row }: Row): EvalRunRecord {
  return {
    ...toFacts({ ...row, results }),
    tests: Tests.parse(tests),
    results: results.map((result) => ({
      row: result.row,
      column: result.column,
      status: EvalResultStatus.parse(result.status),
      reason: EvalReason.nullable().parse(result.reason),
      run: result.runId,
      output: result.output,
      checks: z.array(CheckResult).parse(result.checks),
      tokens: result.tokens,
      costUsd: result.costUsd === null ? null : result.costUsd.toNumber(),
      durationMs: result.durationMs,
      error: Problem.nullable().parse(result.error),
    })),
  };
}
