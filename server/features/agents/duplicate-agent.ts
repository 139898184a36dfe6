import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import { toShownDefinition } from '#server/contract/shown-definition.ts';
import type { Agent, DuplicateAgentInput } from '#server/contract/agent.ts';
import { toLanguageTag } from '#server/read-language.ts';
import { copyingNotAllowed, creatingNotAllowed } from './agent-errors.ts';
import { canCopy, canCreate, canEdit } from './agent-policy.ts';
import type { AgentRepository } from './agent-repository.ts';
import type { AvatarKeeper } from './avatar-keeper.ts';
import type { EvalKeeper } from './eval-keeper.ts';
import type { AgentFinder } from './find-agent.ts';
import type { PresentAgent } from './present-agent.ts';
import { storeAgent } from './store-agent.ts';
import { toHandle } from './suggest-handle.ts';
import { toDrawnAvatar } from './to-drawn-avatar.ts';

const maximumNameLength = 60;

export function toCopyName(name: string): string {
  const suffix = /\p{Script=Han}/u.test(name) ? ' 副本' : ' copy';
  return `${name.slice(0, maximumNameLength - suffix.length).trimEnd()}${suffix}`;
}

/** Every language of one's own agent goes along. */
function withCopyNames(definition: AgentDefinition, name: string | undefined): AgentDefinition {
  const translations: AgentDefinition['translations'] = {};
  for (const [tag, texts] of Object.entries(definition.translations)) {
    const copied = name !== undefined || texts.name === '' ? '' : toCopyName(texts.name);
    translations[tag] = { ...texts, name: copied };
  }
  return { ...definition, translations };
}

/** Somebody else's is begun as one reads it: what one then changes must not stay hidden behind a translation. */
const inOneLanguage = (definition: AgentDefinition, language: 'en' | 'zh'): AgentDefinition => ({
  ...toShownDefinition(definition, toLanguageTag(language)),
  translations: {},
});

/** Makes a private draft of one's own from what one sees of an agent, where its licence lets one. */
export function createDuplicateAgent({
  repository,
  find,
  avatars,
  evals,
  presentAgent,
}: {
  repository: AgentRepository;
  find: AgentFinder;
  avatars: AvatarKeeper;
  evals: EvalKeeper;
  presentAgent: PresentAgent;
}) {
  return async function duplicateAgent(
    actor: Actor,
    { agent: reference, name, handle }: { agent: string } & DuplicateAgentInput,
    language: 'en' | 'zh',
  ): Promise<Agent> {
    const agent = await find.getVisible(actor, reference);
    if (!canCreate(actor)) throw creatingNotAllowed();
    if (!canCopy(actor, agent)) throw copyingNotAllowed(agent.handle);
    const { definition: shown, version } = await find.getShown(actor, agent);
    const definition = canEdit(actor, agent) ? withCopyNames(shown, name) : inOneLanguage(shown, language);
    const copyName = name ?? toCopyName(definition.identity.name);
    const avatar = await avatars.copy(agent.owner?.id ?? null, actor.userId, definition.identity.avatar);
    const identity = {
      ...definition.identity,
      name: copyName,
      handle: handle ?? (name === undefined ? agent.handle : toHandle(name)),
      avatar: avatar ?? toDrawnAvatar(copyName),
    };
    const copy = await storeAgent(repository, {
      ownerId: actor.userId,
      definition: { ...definition, identity, access: { ...definition.access, visibility: 'private' } },
      handle: handle === undefined ? 'suggested' : 'wished',
      origin: { id: agent.id, handle: agent.handle, version },
    });
    await evals.give(actor.userId, copy.id, await evals.take(actor, agent));
    return presentAgent(actor, copy, copy.draft);
  };
}
