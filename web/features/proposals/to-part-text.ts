import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { EvalCheck } from '#server/contract/eval.ts';
import { applyProposal, type DraftProposal, type ProposalPart, type ProposedTest } from '#server/contract/proposal.ts';

/** How people call what a draft names by its id. */
export type PartWords = {
  toTool: (id: string) => string;
  toCategory: (slug: string) => string;
  toCheck: (check: EvalCheck) => string;
};

/** One part of a draft as lines to compare. Pure. */
function toPartText(draft: AgentDefinition, part: Exclude<ProposalPart, 'tests' | 'avatar'>, words: PartWords): string {
  const { identity, instructions, variables, opening, model, tools } = draft;
  switch (part) {
    case 'name':
    case 'tagline':
    case 'description':
      return identity[part];
    case 'category':
      return words.toCategory(identity.category);
    case 'tags':
      return identity.tags.join('\n');
    case 'instructions':
      return instructions;
    case 'variables':
      return variables.map(({ name, label, type, options }) => [name, label, type, ...options].join(' · ')).join('\n');
    case 'greeting':
      return opening.message;
    case 'starters':
      return opening.starters.join('\n');
    case 'models':
      return model.wishes.join('\n');
    case 'tools':
      return tools.map(({ id }) => words.toTool(id)).join('\n');
  }
}

/** A part as it is and as it would be. Pure. */
export function comparePart(
  draft: AgentDefinition,
  proposal: DraftProposal,
  part: Exclude<ProposalPart, 'avatar'>,
  words: PartWords,
) {
  if (part === 'tests') {
    return { before: '', after: (proposal.tests ?? []).map((test) => toTestText(test, words)).join('\n') };
  }
  return {
    before: toPartText(draft, part, words),
    after: toPartText(applyProposal(draft, proposal, [part]), part, words),
  };
}

const toTestText = ({ name, input, expect }: ProposedTest, { toCheck }: PartWords) =>
  [name, `  “${input}”`, ...expect.map((check) => `  ✓ ${toCheck(check)}`)].join('\n');
