import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { HubError } from '#server/hub-error.ts';
import { agentNotFound, versionNotFound } from './agent-errors.ts';
import { canReadDraft, canSee } from './agent-policy.ts';
import type { AgentRecord } from './agent-record.ts';
import type { AgentRepository } from './agent-repository.ts';

const possibleReference = /^[a-z0-9-]{1,64}$/;

/** The agents that an actor may see, and what of them. */
export function createAgentFinder({ repository }: { repository: AgentRepository }) {
  /** @throws {HubError} `not_found`, also for an agent that the actor may not see. */
  async function getVisible(actor: Actor, reference: string): Promise<AgentRecord> {
    const agent = possibleReference.test(reference) ? await repository.findAgent(reference) : null;
    if (agent === null || !canSee(actor, agent)) throw agentNotFound(reference);
    return agent;
  }

  /** A visible agent with which the actor may do something, as `may` says. */
  async function getAllowed(
    actor: Actor,
    reference: string,
    { may, refusal }: { may: (actor: Actor, agent: AgentRecord) => boolean; refusal: HubError },
  ): Promise<AgentRecord> {
    const agent = await getVisible(actor, reference);
    if (!may(actor, agent)) throw refusal;
    return agent;
  }

  async function getDefinition(agent: AgentRecord, version: number): Promise<AgentDefinition> {
    const definition = await repository.findDefinition(agent.id, version);
    if (definition === null) throw versionNotFound(agent.handle, version);
    return definition;
  }

  /** The draft for those who may read it, else the newest published version. */
  async function getShown(
    actor: Actor,
    agent: AgentRecord,
  ): Promise<{ definition: AgentDefinition; version: number | null }> {
    if (agent.publishedVersion === null || canReadDraft(actor, agent))
      return { definition: agent.draft, version: null };
    return { definition: await getDefinition(agent, agent.publishedVersion), version: agent.publishedVersion };
  }

  return { getVisible, getAllowed, getDefinition, getShown };
}
export type AgentFinder = ReturnType<typeof createAgentFinder>;
