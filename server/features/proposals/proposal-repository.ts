import type { ProposalPart } from '#server/contract/proposal.ts';
import { type Artifact, RunEvent } from '#server/contract/run-event.ts';
import type { Database } from '#server/platform/database.ts';

type ProposalArtifact = Extract<Artifact, { kind: 'proposal' }>;
type Place = { agentId: string; userId: string };

/** The talks about drafts, one for each person and agent, and what was decided in them. */
export function createProposalRepository({ database: { prisma } }: { database: Pick<Database, 'prisma'> }) {
  return {
    findTalk: ({ agentId, userId }: Place) =>
      prisma.draftTalk.findUnique({
        where: { agentId_userId: { agentId, userId } },
        include: { decisions: { orderBy: { decidedAt: 'asc' } } },
      }),

    keepTalk: async ({ agentId, userId, conversationId }: Place & { conversationId: string }): Promise<void> => {
      await prisma.draftTalk.upsert({
        where: { agentId_userId: { agentId, userId } },
        create: { agentId, userId, conversationId },
        update: { conversationId },
      });
    },

    /** What the runs of a talk proposed, oldest first. */
    listProposals: async (conversationId: string): Promise<ProposalArtifact[]> => {
      const rows = await prisma.runEventRow.findMany({
        where: { run: { conversationId }, type: 'artifact' },
        orderBy: [{ runId: 'asc' }, { segment: 'asc' }],
        select: { data: true },
      });
      return rows.flatMap(({ data }) => {
        const event = RunEvent.safeParse(data).data;
        return event?.type === 'artifact' && event.artifact.kind === 'proposal' ? [event.artifact] : [];
      });
    },

    decide: async (decision: {
      conversationId: string;
      proposal: string;
      applied: ProposalPart[];
      discarded: ProposalPart[];
      decidedAt: Date;
    }): Promise<void> => {
      const { conversationId, proposal, ...decided } = decision;
      await prisma.proposalDecision.upsert({
        where: { conversationId_proposal: { conversationId, proposal } },
        create: decision,
        update: decided,
      });
    },
  };
}
export type ProposalRepository = ReturnType<typeof createProposalRepository>;
