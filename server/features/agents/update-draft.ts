import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '#server/contract/actor.ts';
import { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { Agent, UpdateDraftInput } from '#server/contract/agent.ts';
import type { ExpectedRevision } from '#server/if-match.ts';
import { definitionInvalid, draftChanged, handleTaken, notAllowed, revisionMissing } from './agent-errors.ts';
import { canEdit } from './agent-policy.ts';
import type { AgentRecord } from './agent-record.ts';
import type { AgentRepository } from './agent-repository.ts';
import type { AvatarKeeper } from './avatar-keeper.ts';
import { findDraftProblems } from './find-definition-problems.ts';
import type { AgentFinder } from './find-agent.ts';
import type { PresentAgent } from './present-agent.ts';
import { findFreeHandle } from './store-agent.ts';
import { isRandom, isSuggested, toHandle } from './suggest-handle.ts';

/** Hears of an agent that looks otherwise now: to its owner alone or, where `isShared`, to others too. */
export type TellChange = (change: { id: string; ownerId: string | null; isShared: boolean }) => void;

type Needs = {
  repository: AgentRepository;
  find: AgentFinder;
  avatars: AvatarKeeper;
  presentAgent: PresentAgent;
  onChange: () => void;
  tellChange: TellChange;
};

export function checkRevision(agent: AgentRecord, expected: ExpectedRevision) {
  if (typeof expected === 'number' && expected !== agent.draftRevision) throw draftChanged(agent.draftRevision);
}

/** Puts a new draft in the place of the one in `agent`, unless someone else did so since it was read. */
export function createDraftWriter({ repository, find, avatars, presentAgent, onChange, tellChange }: Needs) {
  return async function writeDraft(actor: Actor, agent: AgentRecord, draft: AgentDefinition): Promise<Agent> {
    const problems = findDraftProblems(draft);
    if (problems.length > 0) throw definitionInvalid(problems);
    await avatars.check(actor, draft.identity.avatar, agent.draft.identity.avatar);
    const { handle } = draft.identity;
    if (handle !== agent.draft.identity.handle && handle !== agent.handle) {
      const free = await findFreeHandle(repository, handle);
      if (free !== handle) throw handleTaken(handle, free);
    }
    const withColumns = agent.publishedVersion === null;
    const outcome = await repository.updateDraft(agent.id, { revision: agent.draftRevision, draft, withColumns });
    onChange();
    if (outcome === 'handle-taken') throw handleTaken(handle, await findFreeHandle(repository, handle));
    const stored = await find.getVisible(actor, agent.id);
    if (outcome === 'stale') throw draftChanged(stored.draftRevision);
    // Each pause in typing writes a draft; what others of the owner's pages show of it changes rarely.
    if (!isDeepStrictEqual(draft.identity, agent.draft.identity)) {
      tellChange({ id: agent.id, ownerId: agent.owner?.id ?? null, isShared: false });
    }
    return presentAgent(actor, stored, stored.draft);
  };
}
export type WriteDraft = ReturnType<typeof createDraftWriter>;

type UpdateNeeds = { repository: AgentRepository; find: AgentFinder; writeDraft: WriteDraft };

export function createUpdateDraft({ repository, find, writeDraft }: UpdateNeeds) {
  async function followName({ publishedVersion, draft: { identity: before } }: AgentRecord, draft: AgentDefinition) {
    const { identity } = draft;
    const wished = toHandle(identity.name);
    const isFree = publishedVersion === null && identity.handle === before.handle && !isRandom(wished);
    if (!isFree || toHandle(before.name) === wished || !isSuggested(before.handle, before.name)) return draft;
    return { ...draft, identity: { ...identity, handle: await findFreeHandle(repository, wished) } };
  }

  return async function updateDraft(
    actor: Actor,
    { agent: reference, revision, changes }: { agent: string; revision: ExpectedRevision; changes: UpdateDraftInput },
  ): Promise<Agent> {
    const agent = await find.getAllowed(actor, reference, { may: canEdit, refusal: notAllowed('edit') });
    if (revision === null) throw revisionMissing();
    checkRevision(agent, revision);
    const { handleFollowsName, ...parts } = changes;
    const draft = AgentDefinition.parse({ ...agent.draft, ...parts });
    return writeDraft(actor, agent, handleFollowsName ? await followName(agent, draft) : draft);
  };
}
