import type { Usage } from '#server/contract/run-event.ts';
import type { Database } from '#server/platform/database.ts';

/** A tool that was called by hand. */
export type CountedCall = {
  id: string;
  userId: string;
  apiKeyId: string | null;
  tool: string;
  calledAt: Date;
  usage: Usage;
  costUsd: number | null;
};

/** Calls of tools by hand, which usage and budgets count beside runs. */
export function createToolCallRepository({ database: { prisma } }: { database: Pick<Database, 'prisma'> }) {
  return {
    add: async ({ usage, ...call }: CountedCall): Promise<void> => {
      await prisma.toolCall.create({ data: { ...call, ...usage } });
    },
  };
}
export type ToolCallRepository = ReturnType<typeof createToolCallRepository>;
