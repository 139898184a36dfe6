import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { ConversationSource } from '#server/contract/conversation.ts';
import type { MemoryAccess } from '#server/contract/memory.ts';
import type { StartRunInput } from '#server/contract/run.ts';
import { readEarlier, withAttachments } from './earlier-messages.ts';
import { HubError } from '#server/hub-error.ts';
import { toMemoryAccess } from './memory-access.ts';
import {
  conversationNotFound,
  conversationOfAnotherAgent,
  nothingToRepeat,
  runNotFound,
  takerGone,
} from './run-errors.ts';
import { readVariables, takeVariables } from './read-variables.ts';
import type { ConversationSummary, RunPorts, TurnMessage } from './run-ports.ts';
import type { NewMessage } from './run-records.ts';
import type { RunRepository } from './run-repository.ts';
import { toTitle } from './to-title.ts';

/** What a run needs before it starts; nothing is stored yet. */
export type PreparedRun = {
  agent: { id: string; handle: string; ownerId: string | null };
  version: number | null;
  definition: AgentDefinition;
  /** A value for each variable of the definition. */
  variables: Record<string, string>;
  conversationId: string;
  /** The agent that the conversation was begun with, by its handle, where another one answers. */
  handBackTo: string | null;
  newConversation: { title: string; source: ConversationSource } | null;
  newMessages: NewMessage[];
  removedMessageIds: string[];
  history: TurnMessage[];
  /** What it may do with what the agent remembers. */
  memory: MemoryAccess | null;
  /** Of the turns before `history`. */
  summary: ConversationSummary | null;
};

/**
 * Checks everything about a run that can be checked before its first byte, and gathers what it starts from.
 *
 * @throws {HubError} `not_found`, `conflict`, `validation_failed`, `tool_unavailable`
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
  const repeated = input.repeat === undefined ? null : await getRepeated(repository, actor, input.repeat);
  const earlierId = repeated?.conversationId ?? input.conversationId;
  const conversation =
    earlierId === undefined ? null : await getConversation(repository, actor, { agent: asked.agent, id: earlierId });
  const {
    agent,
    version,
    definition: stored,
  } = conversation === null ? asked : await findAnswering(actor, asked, conversation.answeringAgentId, ports);
  const definition = given ?? stored;
  const isAsked = agent.id === asked.agent.id;
  const variables = (isAsked ? readVariables : takeVariables)(definition, input.variables);
  await ports.checkTools(agent.ownerId, definition);
  const attachments = input.files.length === 0 ? [] : await ports.readAttachments(actor, agent.id, input.files);
  const handBackTo = conversation === null || conversation.agent.id === agent.id ? null : conversation.agent.handle;
  const base = { agent, version, definition, variables, handBackTo, removedMessageIds: [], summary: null };

  const accessIn = (begun: string) => toMemoryAccess({ actor, input, source, conversation: begun });
  if (repeated !== null && conversation !== null) {
    const again = await prepareRepeat({ actor, run: repeated, definition, repository, ports });
    return { ...base, ...again, memory: accessIn(conversation.source) };
  }
  const said: TurnMessage[] = input.messages ?? [{ role: 'user', content: input.input ?? '' }];
  const last = said.at(-1);
  const newMessages = said.flatMap((message) =>
    message.role === 'system'
      ? []
      : [{ id: v7(), role: message.role, content: message.content, fileIds: message === last ? input.files : [] }],
  );
  const history = said.map((message) => (message === last ? { ...message, attachments } : message));
  if (conversation === null) {
    const newConversation = { title: toTitle(last?.content ?? ''), source: toSource(source, input) };
    const memory = accessIn(newConversation.source);
    return { ...base, conversationId: v7(), newConversation, newMessages, history, memory };
  }
  const { summary, messages: earlier } = await readEarlier(repository, conversation.id, definition);
  return {
    ...base,
    summary,
    conversationId: conversation.id,
    newConversation: null,
    newMessages,
    history: [...(await withAttachments(actor, earlier, ports)), ...history],
    memory: accessIn(conversation.source),
  };
}

function toSource(source: ConversationSource, { temporary, version }: StartRunInput): ConversationSource {
  if (temporary === true) return 'temporary';
  return source === 'page' && version === 'draft' ? 'preview' : source;
}

type RepeatedRun = { id: string; conversationId: string };

async function getRepeated(repository: RunRepository, actor: Actor, id: string): Promise<RepeatedRun> {
  const run = await repository.findRun(id);
  if (run === null || run.userId !== actor.userId || run.conversationId === null) throw runNotFound(id);
  return { id, conversationId: run.conversationId };
}

async function prepareRepeat({
  actor,
  run,
  definition,
  repository,
  ports,
}: {
  actor: Actor;
  run: RepeatedRun;
  definition: AgentDefinition;
  repository: RunRepository;
  ports: RunPorts;
}) {
  // Besides the earlier ones: the question, and the reply that is replaced.
  const { summary, messages } = await readEarlier(repository, run.conversationId, definition, 2);
  const reply = messages.at(-1)?.role === 'assistant' ? messages.pop() : undefined;
  const question = messages.at(-1);
  if (question?.role !== 'user' || question.runId !== run.id || (reply !== undefined && reply.runId !== run.id)) {
    throw nothingToRepeat(run.id);
  }
  return {
    summary,
    conversationId: run.conversationId,
    newConversation: null,
    // The question is stored again under the new run, in its old place: at the end.
    newMessages: [{ id: v7(), role: 'user' as const, content: question.content, fileIds: question.fileIds }],
    removedMessageIds: [question.id, ...(reply === undefined ? [] : [reply.id])],
    history: await withAttachments(actor, messages, ports),
  };
}

/** A conversation is the agent's that it was begun with, and that of the one that answers in it. */
async function getConversation(
  repository: RunRepository,
  actor: Actor,
  { agent, id }: { agent: { id: string }; id: string },
) {
  const conversation = await repository.findConversation(id, actor.userId);
  if (conversation === null) throw conversationNotFound(id);
  if (conversation.agent.id !== agent.id && conversation.answeringAgentId !== agent.id) {
    throw conversationOfAnotherAgent();
  }
  return conversation;
}

/** The agent that answers: the one that was asked, unless another one took the conversation over. */
async function findAnswering(
  actor: Actor,
  asked: Awaited<ReturnType<RunPorts['resolveAgent']>>,
  answeringAgentId: string | null,
  ports: RunPorts,
) {
  if (answeringAgentId === null || answeringAgentId === asked.agent.id) return asked;
  return ports.resolveAgent(actor, answeringAgentId, undefined).catch((error: unknown) => {
    throw error instanceof HubError ? takerGone() : error;
  });
}
