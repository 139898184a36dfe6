import type { Actor } from '#server/contract/actor.ts';
import type { Agent } from '#server/contract/agent.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { ExpectedRevision } from '#server/if-match.ts';
import { definitionInvalid, draftChanged, handleTaken, notAllowed } from './agent-errors.ts';
import { canEdit } from './agent-policy.ts';
import type { AgentRepository } from './agent-repository.ts';
import type { AgentFinder } from './find-agent.ts';
import type { FindPublishProblems } from './find-definition-problems.ts';
import type { PresentAgent } from './present-agent.ts';
import { findFreeHandle } from './store-agent.ts';
import { checkRevision, type TellChange } from './update-draft.ts';

/** Lets a draft be published. @throws {HubError} `tests_not_passed` */
export type CheckTests = (agent: { id: string; draft: AgentDefinition }) => Promise<void>;

/** Makes the draft the next immutable version; its handle and its access take effect with it. */
export function createPublishAgent({
  repository,
  find,
  presentAgent,
  findPublishProblems,
  checkTests,
  onChange,
  tellChange,
}: {
  repository: AgentRepository;
  find: AgentFinder;
  presentAgent: PresentAgent;
  findPublishProblems: FindPublishProblems;
  checkTests: CheckTests;
  onChange: () => void;
  tellChange: TellChange;
}) {
  return async function publishAgent(
    actor: Actor,
    { agent: reference, note, revision = null }: { agent: string; note: string; revision?: ExpectedRevision },
  ): Promise<Agent> {
    const agent = await find.getAllowed(actor, reference, { may: canEdit, refusal: notAllowed('publish') });
    checkRevision(agent, revision);
    const problems = await findPublishProblems(actor.userId, agent.draft);
    if (problems.length > 0) throw definitionInvalid(problems, 'draft');
    await checkTests(agent);
    const outcome = await repository.publish(agent, { note, publishedBy: actor.userId });
    onChange();
    const { handle } = agent.draft.identity;
    if (outcome === 'handle-taken') throw handleTaken(handle, await findFreeHandle(repository, handle));
    const stored = await find.getVisible(actor, agent.id);
    if (outcome === 'stale') throw draftChanged(stored.draftRevision);
    // Who saw it and may no more is told as well.
    const isShared = agent.visibility !== 'private' || stored.visibility !== 'private';
    tellChange({ id: agent.id, ownerId: stored.owner?.id ?? null, isShared });
    return presentAgent(actor, stored, stored.draft);
  };
}
