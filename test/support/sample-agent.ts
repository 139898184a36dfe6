import { Agent } from '#server/contract/agent.ts';
import { AgentDefinition } from '#server/contract/agent-definition.ts';

/** An agent as `GET /api/agents/:agent` answers, with some of its definition replaced. */
export function sampleAgent(parts: Partial<AgentDefinition> = {}, draftRevision = 1): Agent {
  const definition = AgentDefinition.parse({
    schemaVersion: 1,
    identity: {
      name: 'Fee Clerk',
      handle: 'fee-clerk',
      avatar: { kind: 'drawn', style: 'shapes', seed: 'fees', color: '#0b6457' },
      category: 'aigc',
      tagline: 'Works out fees',
    },
    ...parts,
  });
  return Agent.parse({
    id: 'agent-1',
    handle: 'fee-clerk',
    name: definition.identity.name,
    tagline: definition.identity.tagline,
    avatar: definition.identity.avatar,
    category: definition.identity.category,
    tags: [],
    translations: definition.translations,
    visibility: 'private',
    publishedVersion: null,
    hasUnpublishedChanges: true,
    shipped: false,
    owner: { id: 'person-1', name: 'Ada' },
    createdAt: '2026-11-20T10:00:00Z',
    updatedAt: '2026-11-20T10:00:00Z',
    can: { run: true, edit: true, publish: true, delete: true, duplicate: true, export: true, useOwnModels: true },
    definition,
    draftRevision,
    draftProblems: [],
    origin: null,
  });
}
