import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { ConversationSource } from '#server/contract/conversation.ts';
import type { MemoryAccess } from '#server/contract/memory.ts';
import type { StartRunInput } from '#server/contract/run.ts';
import { HubError } from '#server/hub-error.ts';
import { readAgain, readEarlier, withAttachments } from './earlier-messages.ts';
import { findPlace, type RunPlace } from './find-place.ts';
import { toMemoryAccess } from './memory-access.ts';
import { modelUnknown, ownModelRefused, takerGone } from './run-errors.ts';
import { readVariables, takeVariables } from './read-variables.ts';
import type { ConversationSummary, RunPorts, TurnMessage } from './run-ports.ts';
import type { QuestionMessage } from './run-records.ts';
import type { RunRepository } from './run-repository.ts';
import { toTitle } from './to-title.ts';

/** What a run needs before it starts; nothing is stored yet. */
export type PreparedRun = {
  agent: { id: string; handle: string; ownerId: string | null };
  version: number | null;
  definition: AgentDefinition;
  /** Whose own connections to models count: the agent's owner's, unless the actor chose the model. */
  modelOwnerId: string;
  /** A value for each variable of the definition. */
  variables: Record<string, string>;
  /** Of them what the conversation keeps for its later turns: null where its own agent asks nothing. */
  keptVariables: Record<string, string> | null;
  conversationId: string;
  /** The message that the reply will stand under. */
  questionId: string;
  /** The agent that the conversation was begun with, by its handle, where another one answers. */
  handBackTo: string | null;
  newConversation: { title: string; source: ConversationSource } | null;
  newMessages: QuestionMessage[];
  branch: { answeringAgentId: string | null } | null;
  history: TurnMessage[];
  /** What it may do with what the agent remembers. */
  memory: MemoryAccess | null;
  /** Of the turns before `history`. */
  summary: ConversationSummary | null;
};

/**
 * Checks everything about a run that can be checked before its first byte, and gathers what it starts from.
 *
 * @throws {HubError} `not_found`, `conflict`, `validation_failed`, `forbidden`, `tool_unavailable`
 */
export async function prepareRun({
  actor,
  reference,
  input,
  source,
  given,
  repository,
  ports,
}: {
  actor: Actor;
  reference: string;
  input: StartRunInput;
  source: ConversationSource;
  /** Runs instead of the stored definition. */
  given?: AgentDefinition | undefined;
  repository: RunRepository;
  ports: RunPorts;
}): Promise<PreparedRun> {
  const asked = await ports.resolveAgent(actor, reference, input.version);
  const place = await findPlace({ repository, actor, agentId: asked.agent.id, input });
  const found = place === null ? asked : await findAnswering(actor, asked, place, ports);
  const { agent, version } = found;
  const definition = await withModel(
    actor,
    given ?? found.definition,
    { model: input.model, takesOwnModels: agent.takesOwnModels },
    ports,
  );
  const isAsked = agent.id === asked.agent.id;
  const answers =
    place === null ? input.variables : { ...takeVariables(definition, place.variables), ...input.variables };
  const variables = (isAsked ? readVariables : takeVariables)(definition, answers);
  const isOwn = place === null ? isAsked : place.agent.id === agent.id;
  const handBackTo = place === null || place.agent.id === agent.id ? null : place.agent.handle;
  await ports.checkTools({ actor, ownerId: agent.ownerId, handBackTo }, definition);
  const begun = place?.source ?? toSource(source, input);
  const base = {
    agent,
    version,
    definition,
    modelOwnerId: input.model === undefined ? (agent.ownerId ?? actor.userId) : actor.userId,
    variables,
    keptVariables: isOwn && definition.variables.length > 0 ? variables : null,
    conversationId: place?.conversationId ?? v7(),
    handBackTo,
    branch: place?.branch ?? null,
    memory: toMemoryAccess({ actor, input, source, conversation: begun }),
  };
  if (place?.again !== undefined) {
    const { again: questionId, conversationId } = place;
    const read = await readAgain(actor, { conversationId, leafId: questionId }, { definition, repository, ports });
    return { ...base, ...read, questionId, newConversation: null, newMessages: [] };
  }
  const attachments = input.files.length === 0 ? [] : await ports.readAttachments(actor, agent.id, input.files);
  const said: TurnMessage[] = input.messages ?? [{ role: 'user', content: input.input ?? '' }];
  const last = said.at(-1);
  const history = said.map((message) => (message === last ? { ...message, attachments } : message));
  const newMessages = toNewMessages(said, place?.parentId ?? null, input.files);
  const questionId = newMessages.at(-1)?.id ?? '';
  if (place === null) {
    const newConversation = { title: toTitle(last?.content ?? ''), source: begun };
    return { ...base, questionId, newConversation, newMessages, history, summary: null };
  }
  const { conversationId, parentId: leafId } = place;
  const { summary, messages: earlier } = await readEarlier(repository, { conversationId, leafId }, definition);
  return {
    ...base,
    questionId,
    summary,
    newConversation: null,
    newMessages,
    history: [...(await withAttachments(actor, earlier, ports)), ...history],
  };
}

function toSource(source: ConversationSource, { temporary, version }: StartRunInput): ConversationSource {
  if (temporary === true) return 'temporary';
  return source === 'page' && version === 'draft' ? 'preview' : source;
}

/** What is said, one message under the other; the files come with the last one. */
function toNewMessages(said: TurnMessage[], parentId: string | null, fileIds: string[]): QuestionMessage[] {
  const messages: QuestionMessage[] = [];
  for (const { role, content } of said) {
    if (role === 'system') continue;
    messages.push({ id: v7(), parentId: messages.at(-1)?.id ?? parentId, role, content, fileIds: [] });
  }
  const last = messages.at(-1);
  if (last !== undefined) last.fileIds = fileIds;
  return messages;
}

/**
 * The definition with the model that the actor chose.
 *
 * @throws {HubError} `validation_failed`, `forbidden`
 */
async function withModel(
  actor: Actor,
  definition: AgentDefinition,
  { model, takesOwnModels }: { model: string | undefined; takesOwnModels: boolean },
  ports: Pick<RunPorts, 'findModel'>,
): Promise<AgentDefinition> {
  if (model === undefined) return definition;
  const found = await ports.findModel(actor, model);
  if (found === null) throw modelUnknown(model);
  if (found.ownerId !== null && !takesOwnModels) throw ownModelRefused();
  return { ...definition, model: { ...definition.model, wishes: [model] } };
}

/** The agent that answers: the one that was asked, unless another one took the conversation over. */
async function findAnswering(
  actor: Actor,
  asked: Awaited<ReturnType<RunPorts['resolveAgent']>>,
  { answeringAgentId }: RunPlace,
  ports: RunPorts,
) {
  if (answeringAgentId === null || answeringAgentId === asked.agent.id) return asked;
  return ports.resolveAgent(actor, answeringAgentId, undefined).catch((error: unknown) => {
    throw error instanceof HubError ? takerGone() : error;
  });
}
