import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import { applyProposal, type DraftProposal, type ProposalPart, type ProposedTest } from '#server/contract/proposal.ts';

/** One part of a draft as lines to compare. Pure. */
export function toPartText(draft: AgentDefinition, part: Exclude<ProposalPart, 'tests'>): string {
  const { identity, instructions, variables, opening, model, tools } = draft;
  switch (part) {
    case 'name':
    case 'tagline':
    case 'description':
    case 'category':
      return identity[part];
    case 'avatar':
      return identity.avatar.kind === 'drawn' ? identity.avatar.color : identity.avatar.file;
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
      return tools.map(({ id }) => id).join('\n');
  }
}

/** A part as it is and as it would be. Pure. */
export function comparePart(draft: AgentDefinition, proposal: DraftProposal, part: ProposalPart) {
  if (part === 'tests') return { before: '', after: (proposal.tests ?? []).map(toTestText).join('\n\n') };
  return { before: toPartText(draft, part), after: toPartText(applyProposal(draft, proposal, [part]), part) };
}

function toTestText({ name, input, expect }: ProposedTest): string {
  const checks = expect.map(({ kind, ...check }) =>
    `  ${kind} ${Object.values(check).map(toWords).join(' ')}`.trimEnd(),
  );
  return [`${name}`, `  “${input}”`, ...checks].join('\n');
}

const toWords = (value: unknown) =>
  Array.isArray(value) ? value.join(' | ') : typeof value === 'string' ? value : JSON.stringify(value);
