import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import { HubError } from '#server/hub-error.ts';
import { agentNotFound, draftNotYours, notAllowed, versionNotFound } from './agent-errors.ts';
import { canEdit, canRun, canSee, canUseOwnModels } from './agent-policy.ts';
import type { AgentRecord } from './agent-record.ts';
import type { AgentRepository } from './agent-repository.ts';
import { createExpiringCache } from './expiring-cache.ts';

/** An agent as a run needs it. `version` is null for the draft. The definition is shared: it must not be changed. */
export type ResolvedAgent = {
  agent: { id: string; handle: string; name: string; ownerId: string | null; takesOwnModels: boolean };
  version: number | null;
  definition: AgentDefinition;
};

// Several processes may serve one database; this is how long one may not know of another's publishing.
const timeToLiveMs = 3000;
const newestVersion = 2_147_483_647;
const possibleReference = /^[a-z0-9-]{1,64}$/;

/** Finds what a run runs, from memory where it can: this is on the way of every message. */
export function createRunResolver({ repository }: { repository: AgentRepository }) {
  const agents = createExpiringCache<AgentRecord>({ timeToLiveMs, maximumEntries: 2000 });
  const definitions = createExpiringCache<AgentDefinition>({ timeToLiveMs: 600_000, maximumEntries: 2000 });

  async function readDefinition(agent: AgentRecord, version: number) {
    if (!Number.isInteger(version) || version < 1 || version > newestVersion) {
      throw versionNotFound(agent.handle, version);
    }
    const definition = await definitions.read(`${agent.id}@${version}`, () =>
      repository.findDefinition(agent.id, version),
    );
    if (definition === null) throw versionNotFound(agent.handle, version);
    return definition;
  }

  /** Who asks for an earlier version gets it, but not round the budget that its owner set since. */
  async function withBudgetInForce(agent: AgentRecord, version: number | 'draft', definition: AgentDefinition) {
    const { publishedVersion } = agent;
    if (version === 'draft' || publishedVersion === null || version === publishedVersion) return definition;
    return { ...definition, budget: (await readDefinition(agent, publishedVersion)).budget };
  }

  async function resolveForRun(actor: Actor, reference: string, version?: number | 'draft'): Promise<ResolvedAgent> {
    if (!possibleReference.test(reference)) throw agentNotFound(reference);
    const load = () => repository.findAgent(reference);
    const agent = await (version === 'draft' ? load() : agents.read(reference, load));
    if (agent === null || !canSee(actor, agent)) throw agentNotFound(reference);
    if (!canRun(actor, agent)) throw notAllowed('run');
    if (version === 'draft' && !canEdit(actor, agent)) throw draftNotYours(agent.handle);
    const wanted = version ?? agent.publishedVersion ?? 'draft';
    const asked = wanted === 'draft' ? agent.draft : await readDefinition(agent, wanted);
    const definition = await withBudgetInForce(agent, wanted, asked);
    return {
      agent: {
        id: agent.id,
        handle: agent.handle,
        name: definition.identity.name,
        ownerId: agent.owner?.id ?? null,
        takesOwnModels: canUseOwnModels(actor, agent),
      },
      version: wanted === 'draft' ? null : wanted,
      definition,
    };
  }

  /**
   * An agent that an agent of this person may call, by its handle: one of their own, or one that is shared; null when there
   * is none. Those that came with the hub (no owner) may call what is shared.
   */
  async function findCallable(ownerId: string | null, handle: string) {
    const found = await findRunnable({ userId: ownerId ?? '', name: '', role: 'member', key: null }, handle);
    if (found === null) return null;
    const { version: _, ...agent } = found;
    return agent;
  }

  /** An agent that an actor may run, as its newest version; null when there is none. */
  async function findRunnable(actor: Actor, handle: string) {
    try {
      const { agent, version, definition } = await resolveForRun(actor, handle);
      return { id: agent.id, handle: agent.handle, ownerId: agent.ownerId, version, definition };
    } catch (error) {
      if (error instanceof HubError) return null;
      throw error;
    }
  }

  return { resolveForRun, findCallable, findRunnable, forget: () => agents.clear() };
}
