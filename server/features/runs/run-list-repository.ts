import type { Problem } from '#server/contract/problem.ts';
import { readRunOrigin } from '#server/contract/run-origin.ts';
import { NamedAgent, type RunStatus } from '#server/contract/run-event.ts';
import type { RunSummary } from '#server/contract/run.ts';
import { namedAgent } from '#server/named-agent.ts';
import type { PagePosition } from '#server/page-cursor.ts';
import type { Database } from '#server/platform/database.ts';
import { Prisma } from '#server/platform/generated/prisma/client.ts';

export type RunFilter = {
  userId: string;
  /** The agents of a bound key, or null. */
  agentIds: string[] | null;
  /** An agent's handle or identifier. */
  agent: string | undefined;
  conversationId: string | undefined;
  status: RunStatus | undefined;
  triggerId: string | undefined;
  after: PagePosition | null;
  limit: number;
};

/** A person's runs as they are stored. */
export function createRunListRepository({ database: { prisma } }: { database: Pick<Database, 'prisma'> }) {
  return {
    /** Newest first; `after` is the sort key of the last one of the page before. */
    list: async ({ userId, agentIds, agent, conversationId, status, triggerId, after, limit }: RunFilter) => {
      const found = await prisma.run.findMany({
        where: {
          userId,
          // A visitor's runs are counted as their owner's, but are not theirs to look into.
          AND: {
            OR: [{ startedBy: { equals: Prisma.DbNull } }, { NOT: { startedBy: { path: ['kind'], equals: 'embed' } } }],
          },
          ...(agentIds === null ? {} : { agentId: { in: agentIds } }),
          ...(agent === undefined ? {} : { agent: { OR: [{ id: agent }, { handle: agent }] } }),
          ...(conversationId === undefined ? {} : { conversationId }),
          ...(status === undefined ? {} : { status }),
          ...(triggerId === undefined ? {} : { triggerId }),
          ...(after === null
            ? {}
            : { OR: [{ startedAt: { lt: after.at } }, { startedAt: after.at, id: { lt: after.id } }] }),
        },
        include: { agent: namedAgent },
        orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
        take: limit,
      });
      return found.map((row): RunSummary => {
        const { inputTokens, outputTokens, cachedInputTokens, reasoningTokens } = row;
        return {
          id: row.id,
          status: row.status as RunStatus,
          agent: NamedAgent.parse(row.agent),
          version: row.version,
          conversationId: row.conversationId,
          model: row.model,
          usage: { inputTokens, outputTokens, cachedInputTokens, reasoningTokens },
          costUsd: row.costUsd?.toNumber() ?? null,
          costIsPartial: row.costIsPartial,
          error: row.error as Problem | null,
          metadata: row.metadata as Record<string, string>,
          startedBy: readRunOrigin(row),
          startedAt: row.startedAt.toISOString(),
          endedAt: row.endedAt?.toISOString() ?? null,
        };
      });
    },
  };
}
export type RunListRepository = ReturnType<typeof createRunListRepository>;
