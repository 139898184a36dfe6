import type { Actor } from '#server/contract/actor.ts';
import { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { Agent, CreateAgentInput } from '#server/contract/agent.ts';
import { creatingNotAllowed } from './agent-errors.ts';
import { canCreate } from './agent-policy.ts';
import type { AgentRepository } from './agent-repository.ts';
import type { AvatarKeeper } from './avatar-keeper.ts';
import type { PresentAgent } from './present-agent.ts';
import { storeAgent } from './store-agent.ts';
import { toHandle } from './suggest-handle.ts';
import { toDrawnAvatar } from './to-drawn-avatar.ts';

export function createCreateAgent({
  repository,
  avatars,
  presentAgent,
}: {
  repository: AgentRepository;
  avatars: AvatarKeeper;
  presentAgent: PresentAgent;
}) {
  return async function createAgent(actor: Actor, input: CreateAgentInput): Promise<Agent> {
    if (!canCreate(actor)) throw creatingNotAllowed();
    const wishedHandle = input.handle ?? input.identity?.handle;
    const definition = AgentDefinition.parse({
      ...input.definition,
      schemaVersion: 1,
      identity: {
        avatar: toDrawnAvatar(input.name),
        category: 'hub',
        ...input.identity,
        name: input.name,
        handle: wishedHandle ?? toHandle(input.name),
      },
    });
    await avatars.check(actor, definition.identity.avatar);
    const handle = wishedHandle === undefined ? 'suggested' : 'wished';
    const agent = await storeAgent(repository, { ownerId: actor.userId, definition, handle });
    return presentAgent(actor, agent, agent.draft);
  };
}
