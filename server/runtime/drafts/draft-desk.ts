import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { DraftProposal, ProposedTest } from '#server/contract/proposal.ts';
import type { ToolSummary } from '#server/contract/tool.ts';
import type { HubIssue } from '#server/hub-error.ts';

/** An agent that came with the hub, to begin from. */
export type DraftTemplate = { definition: AgentDefinition; tests: ProposedTest[] };

/**
 * The draft that a run may read and propose changes to, bound to one agent and one person before the run begins. Nothing
 * here writes the draft.
 */
export type DraftDesk = {
  agentId: string;
  readDraft: () => Promise<{ definition: AgentDefinition; tests: { name: string }[] }>;
  /** What the person may give their agents. */
  listTools: () => Promise<Pick<ToolSummary, 'id' | 'title' | 'description' | 'effect' | 'unavailable'>[]>;
  listModels: () => Promise<{ reference: string; name: string; seesImages: boolean | null; isDefault: boolean }[]>;
  listCategories: () => Promise<string[]>;
  listTemplates: () => Promise<DraftTemplate[]>;
  /** Why a proposal could not be applied; none when it can. */
  findProblems: (proposal: DraftProposal) => Promise<HubIssue[]>;
  /** What was proposed in the talk before, oldest first, and what the person did with it; a part in neither list is open. */
  proposals: { title: string; parts: string[]; applied: string[]; discarded: string[] }[];
};
