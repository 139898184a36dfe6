import { v7 } from 'uuid';
import { Eval } from '#server/contract/eval.ts';
import { toStorable } from '#server/to-stored-json.ts';
import type { Database } from '#server/platform/database.ts';
import type { EvalRecord, Suite } from './eval-record.ts';

type Row = { id: string; revision: number; content: unknown; updatedAt: Date };

const toRecord = ({ id, revision, content, updatedAt }: Row): EvalRecord => ({
  id,
  revision,
  content: Eval.parse(content),
  updatedAt,
});

/** The evals of agents, and what those of one agent have in common. Every change counts the suite's revision on. */
export function createEvalRepository({ database: { prisma } }: { database: Pick<Database, 'prisma'> }) {
  const countOn = (agentId: string) =>
    prisma.evalSuite.upsert({
      where: { agentId },
      create: { agentId, revision: 1 },
      update: { revision: { increment: 1 } },
    });

  return {
    /** Oldest first. */
    list: async (agentId: string): Promise<EvalRecord[]> =>
      (await prisma.evalRow.findMany({ where: { agentId }, orderBy: { id: 'asc' } })).map(toRecord),

    find: async (agentId: string, id: string): Promise<EvalRecord | null> => {
      const row = await prisma.evalRow.findFirst({ where: { id, agentId } });
      return row === null ? null : toRecord(row);
    },

    count: (agentId: string): Promise<number> => prisma.evalRow.count({ where: { agentId } }),

    /** All, or none when one cannot be stored. */
    add: async (agentId: string, evals: Eval[], updatedAt: Date): Promise<EvalRecord[]> => {
      const rows = evals.map((content) => ({ id: v7(), agentId, content: toStorable(content), updatedAt }));
      const [stored] = await prisma.$transaction([
        prisma.evalRow.createManyAndReturn({ data: rows }),
        countOn(agentId),
      ]);
      return stored.map(toRecord).sort((one, other) => (one.id < other.id ? -1 : 1));
    },

    /** Over the given revision only; false when it is another one by now. */
    update: async (
      agentId: string,
      { id, revision, content, updatedAt }: Omit<EvalRecord, 'content'> & { content: Eval },
    ): Promise<boolean> => {
      const [{ count }] = await prisma.$transaction([
        prisma.evalRow.updateMany({
          where: { id, agentId, revision },
          data: { content: toStorable(content), revision: revision + 1, updatedAt },
        }),
        countOn(agentId),
      ]);
      return count === 1;
    },

    /** False when it was deleted already. */
    remove: async (agentId: string, id: string): Promise<boolean> => {
      const [{ count }] = await prisma.$transaction([
        prisma.evalRow.deleteMany({ where: { id, agentId } }),
        countOn(agentId),
      ]);
      return count === 1;
    },

    findSuite: async (agentId: string): Promise<Suite> =>
      (await prisma.evalSuite.findUnique({ where: { agentId }, select: { required: true, revision: true } })) ?? {
        required: false,
        revision: 0,
      },

    setRequired: async (agentId: string, required: boolean): Promise<void> => {
      await prisma.evalSuite.upsert({ where: { agentId }, create: { agentId, required }, update: { required } });
    },
  };
}
export type EvalRepository = ReturnType<typeof createEvalRepository>;
