import { ProposalDecision } from '#server/contract/proposal.ts';

type Stored = { proposal: string; applied: string[]; discarded: string[]; decidedAt: Date };

/** What was decided about a proposal, as the API shows it. Pure. */
export const presentDecision = ({ proposal, applied, discarded, decidedAt }: Stored): ProposalDecision =>
  ProposalDecision.parse({ proposal, applied, discarded, decidedAt: decidedAt.toISOString() });
