import type { Actor } from '#server/contract/actor.ts';
import type {
  DecideProposalInput,
  DescribeInput,
  DraftTalk,
  ProposalDecision,
  RewriteInput,
  Rewriting,
} from '#server/contract/proposal.ts';
import { createDeskOpener } from './open-desk.ts';
import { presentDecision } from './present-decision.ts';
import { builderMissing, noLanguageModel, nothingWritten, proposalNotFound } from './proposal-errors.ts';
import type { ProposalPorts } from './proposal-ports.ts';
import type { ProposalRepository } from './proposal-repository.ts';

type Needs<Started> = { repository: ProposalRepository; ports: ProposalPorts<Started> };

/**
 * Building an agent by talking: a person's talk with the hub's builder agent about one draft, what it proposes, and what
 * they decide. Nothing here writes the draft; what is applied goes through `PATCH …/draft` like every other edit.
 */
export function createProposalService<Started>({ repository, ports }: Needs<Started>) {
  const openDesk = createDeskOpener({ repository, ports });

  async function getBuilder(actor: Actor) {
    const builder = await ports.findBuilder(actor);
    if (builder === null) throw builderMissing();
    return builder;
  }

  async function find(actor: Actor, reference: string) {
    const agent = await ports.findAgent(actor, reference);
    return { agent, talk: await repository.findTalk({ agentId: agent.id, userId: actor.userId }) };
  }

  return {
    /** The desk of a turn; null for one that has no draft to work on, or is not the builder's. */
    async openDesk({ actor, agentId, edits = null }: { actor: Actor; agentId: string; edits?: string | null }) {
      if (edits === null || (await ports.findBuilder(actor))?.id !== agentId) return null;
      return openDesk({ actor, agentId: edits });
    },

    async getTalk(actor: Actor, reference: string): Promise<DraftTalk> {
      const { talk } = await find(actor, reference);
      const builder = await ports.findBuilder(actor);
      return {
        conversationId: talk?.conversationId ?? null,
        activeRun: talk === null ? null : await ports.findActiveRun(talk.conversationId),
        decisions: (talk?.decisions ?? []).map(presentDecision),
        model: builder === null ? null : await ports.findLanguageModel(actor, builder.definition),
      };
    },

    /** Says something in the talk, and so starts a run of the builder. */
    async describe(
      actor: Actor,
      reference: string,
      { input, stream, language }: DescribeInput & { language: 'en' | 'zh' },
    ): Promise<Started> {
      const { agent, talk } = await find(actor, reference);
      const builder = await getBuilder(actor);
      const { started, conversationId } = await ports.startRun(actor, {
        builderId: builder.id,
        agentId: agent.id,
        conversationId: talk?.conversationId ?? null,
        input,
        stream,
        language,
      });
      if (talk === null) await repository.keepTalk({ agentId: agent.id, userId: actor.userId, conversationId });
      return started;
    },

    /** Keeps what the person did with a proposal, so that the builder knows it in its next turn. */
    async decide(
      actor: Actor,
      reference: string,
      { proposal, applied, discarded }: DecideProposalInput & { proposal: string },
    ): Promise<ProposalDecision> {
      const { talk } = await find(actor, reference);
      const made = talk === null ? [] : await repository.listProposals(talk.conversationId);
      if (talk === null || !made.some(({ id }) => id === proposal)) throw proposalNotFound(proposal);
      const decision = { proposal, applied, discarded, decidedAt: ports.now() };
      await repository.decide({ conversationId: talk.conversationId, ...decision });
      return presentDecision(decision);
    },

    /** Forgets the talk; the draft stays as it is. */
    async forget(actor: Actor, reference: string): Promise<void> {
      const { talk } = await find(actor, reference);
      if (talk !== null) await ports.removeConversation(actor, talk.conversationId);
    },

    /** @throws {HubError} `model_unavailable` without a language model, `model_…`, `budget_exceeded` */
    async rewrite(actor: Actor, reference: string, text: RewriteInput, signal: AbortSignal): Promise<Rewriting> {
      const { draft } = await ports.findAgent(actor, reference);
      const builder = await getBuilder(actor);
      const { name, tagline } = draft.identity;
      const written = await ports.rewrite(actor, { builder, agent: { name, tagline }, text, signal });
      if (written === null) throw noLanguageModel();
      if (written.text === '') throw nothingWritten();
      return { text: written.text, model: written.model };
    },
  };
}
export type ProposalService<Started> = ReturnType<typeof createProposalService<Started>>;
