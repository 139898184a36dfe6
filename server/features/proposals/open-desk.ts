import type { Actor } from '#server/contract/actor.ts';
import type { Eval } from '#server/contract/eval.ts';
import { DraftProposal, listParts, ProposedTest } from '#server/contract/proposal.ts';
import { findProposalProblems } from './find-proposal-problems.ts';
import type { ProposalPorts } from './proposal-ports.ts';
import type { ProposalRepository } from './proposal-repository.ts';

type Needs = {
  repository: Pick<ProposalRepository, 'findTalk' | 'listProposals'>;
  ports: Omit<ProposalPorts<unknown>, 'startRun' | 'rewrite'>;
};

/**
 * Opens the desk for a turn of the builder: one draft, that the actor may edit, and all that it can be given. Each look asks
 * again whether they may.
 */
export function createDeskOpener({ repository, ports }: Needs) {
  return async ({ actor, agentId }: { actor: Actor; agentId: string }) => {
    const { id } = await ports.findAgent(actor, agentId);
    const talk = await repository.findTalk({ agentId: id, userId: actor.userId });
    const proposals = (talk === null ? [] : await repository.listProposals(talk.conversationId)).map((made) => {
      const decided = talk?.decisions.find(({ proposal }) => proposal === made.id);
      const changes = DraftProposal.safeParse(made.changes).data;
      return {
        title: made.title,
        parts: changes === undefined ? [] : listParts(changes),
        applied: decided?.applied ?? [],
        discarded: decided?.discarded ?? [],
      };
    });
    const listTools = () => ports.listTools(actor);
    const listModels = () => ports.listModels(actor);
    return {
      agentId: id,
      proposals,
      readDraft: async () => {
        const [{ draft }, tests] = await Promise.all([ports.findAgent(actor, id), ports.listTests(id)]);
        return { definition: draft, tests };
      },
      listTools,
      listModels,
      listCategories: ports.listCategories,
      listTemplates: async () =>
        ports.listTemplates().map(({ definition, tests }) => ({ definition, tests: tests.flatMap(toProposedTest) })),
      findProblems: async (proposal: DraftProposal) => {
        const [{ draft }, tools, models, categories] = await Promise.all([
          ports.findAgent(actor, id),
          listTools(),
          listModels(),
          ports.listCategories(),
        ]);
        return findProposalProblems(draft, proposal, {
          tools: new Set(tools.filter(({ unavailable }) => unavailable === null).map((tool) => tool.id)),
          models: new Set(models.map(({ reference }) => reference)),
          categories: new Set(categories),
        });
      },
    };
  };
}

/** A test of a template, where it is a question without files and variables. */
function toProposedTest({ name, input, expect, needs, files, variables }: Eval): ProposedTest[] {
  const isPlain = files.length === 0 && Object.keys(variables).length === 0;
  const read = ProposedTest.safeParse({ name, input, expect, needs });
  return isPlain && read.success ? [read.data] : [];
}
