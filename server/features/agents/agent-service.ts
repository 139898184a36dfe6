import type { Actor } from '#server/contract/actor.ts';
import type { Agent } from '#server/contract/agent.ts';
import { notAllowed } from './agent-errors.ts';
import type { AgentListRepository } from './agent-list-repository.ts';
import { createAgentPackages, type ReadPackageFile } from './agent-packages.ts';
import { canDelete, canEdit, toAbilities } from './agent-policy.ts';
import type { AgentRepository } from './agent-repository.ts';
import { createAgentVersions } from './agent-versions.ts';
import { type AvatarFile, type AvatarFiles, createAvatarKeeper } from './avatar-keeper.ts';
import { type AgentEvals, createEvalKeeper } from './eval-keeper.ts';
import { createCreateAgent } from './create-agent.ts';
import type { HandOverRepository } from './hand-over-repository.ts';
import { createDuplicateAgent } from './duplicate-agent.ts';
import { createAgentFinder } from './find-agent.ts';
import { createPublishProblemFinder, type FindMissingTools } from './find-definition-problems.ts';
import { createInstallShippedAgents } from './install-shipped-agents.ts';
import { createAgentLists } from './list-agents.ts';
import { createAgentPresenter } from './present-agent.ts';
import { createPublishAgent } from './publish-agent.ts';
import { createRunResolver } from './resolve-for-run.ts';
import type { ShippedAgentRepository } from './shipped-agent-repository.ts';
import type { ShippedPackages } from './shipped-packages.ts';
import { createDraftWriter, createUpdateDraft, type TellChange } from './update-draft.ts';

/**
 * Agents: their drafts, versions, packages and lists.
 *
 * What an actor may not see is `not_found`; others than the owner see published versions only.
 *
 * @param files - people's own files, for avatars
 * @param readPackageFile - reads a stranger's zip where it can do no harm
 * @param findMissingTools - the tools without which an agent is not published
 * @param evals - those of agents, and whether they let a draft be published
 * @param removeConversations - removes those with an agent that is about to be deleted, with their files
 * @param stopRuns - told of an agent that was deleted
 * @param tellChange - told when an agent looks otherwise to who sees it
 */
export function createAgentService({
  repository,
  lists,
  handOvers,
  shippedAgents,
  shippedPackages,
  findPicture,
  files,
  readPackageFile,
  findMissingTools,
  evals,
  removeConversations,
  stopRuns,
  tellChange,
}: {
  repository: AgentRepository;
  lists: AgentListRepository;
  handOvers: HandOverRepository;
  shippedAgents: ShippedAgentRepository;
  shippedPackages: ShippedPackages;
  findPicture: (avatar: AvatarFile) => Promise<AvatarFile>;
  files: AvatarFiles;
  readPackageFile: ReadPackageFile;
  findMissingTools: FindMissingTools;
  evals: AgentEvals;
  removeConversations: (agentId: string) => Promise<void>;
  stopRuns: (agentId: string) => void;
  tellChange: TellChange;
}) {
  const find = createAgentFinder({ repository });
  const avatars = createAvatarKeeper({ files, readShippedAvatar: shippedPackages.readAvatar, findPicture });
  const runs = createRunResolver({ repository });
  const onChange = runs.forget;
  const evalKeeper = createEvalKeeper({ evals, files, readShippedEvals: shippedPackages.readEvals });
  const findPublishProblems = createPublishProblemFinder(findMissingTools);
  const presentAgent = createAgentPresenter({ findPublishProblems });
  const writeDraft = createDraftWriter({ repository, find, avatars, presentAgent, onChange, tellChange });

  async function deleteWhole(id: string): Promise<void> {
    await removeConversations(id);
    await repository.deleteAgent(id);
    onChange();
    stopRuns(id);
  }

  return {
    ...createAgentLists({ lists }),
    ...createAgentVersions({ repository, find, writeDraft }),
    ...createAgentPackages({ repository, find, avatars, evals: evalKeeper, presentAgent, readPackageFile }),
    createAgent: createCreateAgent({ repository, avatars, presentAgent }),
    updateDraft: createUpdateDraft({ repository, find, writeDraft }),
    publishAgent: createPublishAgent({
      repository,
      find,
      presentAgent,
      findPublishProblems,
      checkTests: evals.checkGate,
      onChange,
      tellChange,
    }),
    duplicateAgent: createDuplicateAgent({ repository, find, avatars, evals: evalKeeper, presentAgent }),
    installShippedAgents: createInstallShippedAgents({
      repository: shippedAgents,
      packages: shippedPackages,
      onChange,
    }),
    /** The identifier of the agent that came with the hub in a package. */
    findShipped: shippedAgents.findId,
    listTemplates: shippedPackages.listTemplates,
    resolveForRun: runs.resolveForRun,
    findCallable: runs.findCallable,
    findRunnable: runs.findRunnable,

    async getAgent(actor: Actor, reference: string): Promise<Agent> {
      const agent = await find.getVisible(actor, reference);
      const { definition } = await find.getShown(actor, agent);
      return presentAgent(actor, agent, definition);
    },

    /** The draft of an agent, for those who may edit it. */
    async getDraft(actor: Actor, reference: string) {
      const agent = await find.getAllowed(actor, reference, { may: canEdit, refusal: notAllowed('edit') });
      const { id, handle, owner, draft, draftRevision, publishedVersion } = agent;
      return { id, handle, ownerId: owner?.id ?? null, draft, draftRevision, publishedVersion };
    },

    /**
     * What everybody who sees an agent sees of it: its newest version, or the draft where there is nothing else.
     *
     * @throws {HubError} `not_found`
     */
    async getShared(actor: Actor, reference: string) {
      const agent = await find.getVisible(actor, reference);
      const { publishedVersion } = agent;
      return {
        agent,
        definition: publishedVersion === null ? agent.draft : await find.getDefinition(agent, publishedVersion),
        can: toAbilities(actor, agent),
      };
    },

    /** Deletes an agent with its versions, conversations and runs, and stops those under way; answers what it was. */
    async deleteAgent(actor: Actor, reference: string): Promise<{ name: string; isOwn: boolean }> {
      const agent = await find.getAllowed(actor, reference, { may: canDelete, refusal: notAllowed('delete') });
      await deleteWhole(agent.id);
      return { name: agent.draft.identity.name, isOwn: agent.owner?.id === actor.userId };
    },

    /** Those of a person's agents that others can use. */
    listShared: handOvers.listShared,

    /** Makes another person the owner of all that others can use of a person's agents. */
    async handOverShared(from: string, to: string): Promise<void> {
      for (const { id } of await handOvers.listShared(from)) await handOvers.handOver(id, { from, to });
      onChange();
    },

    async deleteAllOf(ownerId: string): Promise<void> {
      for (const id of await handOvers.listIds(ownerId)) await deleteWhole(id);
    },
  };
}
export type AgentService = ReturnType<typeof createAgentService>;
