import type { AgentDefinition, Licence, Visibility } from '#server/contract/agent-definition.ts';
import type { AgentSummary } from '#server/contract/agent.ts';

/** What lists and rights need to know of a stored agent. */
export type AgentFacts = {
  id: string;
  handle: string;
  owner: { id: string; name: string } | null;
  /** The published version's, or the draft's while nothing is published. */
  visibility: Visibility;
  /** In force as the visibility is. */
  licence: Licence;
  draftRevision: number;
  publishedVersion: number | null;
  publishedRevision: number | null;
  shippedSlug: string | null;
  createdAt: Date;
  updatedAt: Date;
};

export type AgentRecord = AgentFacts & {
  draft: AgentDefinition;
  origin: { id: string; handle: string; version: number | null } | null;
};

/** An agent in a list; `identity` and `translations` are the draft's for its owner, else the published version's. */
export type AgentListRecord = AgentFacts &
  Pick<AgentDefinition, 'identity'> & { translations: AgentSummary['translations'] };

export type VersionRecord = {
  version: number;
  note: string;
  publishedBy: { id: string; name: string } | null;
  createdAt: Date;
};

export type VersionUse = { conversations: number; people: number; lastAt: Date | null };

export type NewAgentRecord = {
  ownerId: string;
  draft: AgentDefinition;
  origin: AgentRecord['origin'];
};
