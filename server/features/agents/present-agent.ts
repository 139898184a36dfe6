import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import {
  type Agent,
  type AgentSummary,
  type AgentVersion,
  type AgentVersionSummary,
  ListedTranslations,
} from '#server/contract/agent.ts';
import { canEdit, toAbilities } from './agent-policy.ts';
import type { AgentListRecord, AgentRecord, VersionRecord, VersionUse } from './agent-record.ts';
import type { FindPublishProblems } from './find-definition-problems.ts';

export function presentSummary(actor: Actor, agent: AgentListRecord): AgentSummary {
  const { id, handle, identity, visibility, owner, publishedVersion } = agent;
  return {
    id,
    handle,
    name: identity.name,
    tagline: identity.tagline,
    avatar: identity.avatar,
    category: identity.category,
    tags: identity.tags,
    translations: agent.translations,
    visibility,
    publishedVersion,
    hasUnpublishedChanges: canEdit(actor, agent) && agent.publishedRevision !== agent.draftRevision,
    shipped: agent.shippedSlug !== null,
    owner,
    createdAt: agent.createdAt.toISOString(),
    updatedAt: agent.updatedAt.toISOString(),
    can: toAbilities(actor, agent),
  };
}

export function createAgentPresenter({ findPublishProblems }: { findPublishProblems: FindPublishProblems }) {
  /** @param definition - the one that the actor may see of this agent: the draft, for those who may edit it */
  return async function presentAgent(actor: Actor, agent: AgentRecord, definition: AgentDefinition): Promise<Agent> {
    const isDraft = canEdit(actor, agent);
    return {
      ...presentSummary(actor, {
        ...agent,
        identity: definition.identity,
        translations: ListedTranslations.parse(definition.translations),
      }),
      definition,
      draftRevision: isDraft ? agent.draftRevision : null,
      draftProblems: isDraft ? await findPublishProblems(actor.userId, definition) : null,
      origin: agent.origin === null ? null : { handle: agent.origin.handle, version: agent.origin.version },
    };
  };
}
export type PresentAgent = ReturnType<typeof createAgentPresenter>;

export function presentVersion(version: VersionRecord): Omit<AgentVersion, 'definition'> {
  return { ...version, createdAt: version.createdAt.toISOString() };
}

export function presentVersionUse(use: VersionUse): NonNullable<AgentVersionSummary['use']> {
  return { ...use, lastAt: use.lastAt?.toISOString() ?? null };
}
