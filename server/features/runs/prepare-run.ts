import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { ConversationSource } from '#server/contract/conversation.ts';
import type { MemoryAccess } from '#server/contract/memory.ts';
import type { StartRunInput } from '#server/contract/run.ts';
import { toMemoryAccess } from './memory-access.ts';
import { conversationNotFound, conversationOfAnotherAgent, nothingToRepeat, runNotFound } from './run-errors.ts';
import { readVariables } from './read-variables.ts';
import type { ConversationSummary, RunPorts, TurnMessage } from './run-ports.ts';
import type { NewMessage } from './run-records.ts';
import type { RunRepository } from './run-repository.ts';

const longestTitle = 80;
const messagesWithFiles = 4;
const mostMessagesToSumUp = 200;

/** What a run needs before it starts; nothing is stored yet. */
export type PreparedRun = {
  agent: { id: string; handle: string; ownerId: string | null };
  version: number | null;
  definition: AgentDefinition;
  /** A value for each variable of the definition. */
  variables: Record<string, string>;
  conversationId: string;
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
  const { agent, version, definition: stored } = await ports.resolveAgent(actor, reference, input.version);
  const definition = given ?? stored;
  const variables = readVariables(definition, input.variables);
  await ports.checkTools(agent.ownerId, definition);
  const attachments = input.files.length === 0 ? [] : await ports.readAttachments(actor, agent.id, input.files);
  const base = { agent, version, definition, variables, removedMessageIds: [], summary: null };

  const accessIn = (conversation: string) => toMemoryAccess({ actor, input, source, conversation });
  if (input.repeat !== undefined) {
    const { conversationSource, ...repeated } = await prepareRepeat({
      actor,
      agent,
      runId: input.repeat,
      definition,
      repository,
      ports,
    });
    return { ...base, ...repeated, memory: accessIn(conversationSource) };
  }
  const said: TurnMessage[] = input.messages ?? [{ role: 'user', content: input.input ?? '' }];
  const last = said.at(-1);
  const newMessages = said.flatMap((message) =>
    message.role === 'system'
      ? []
      : [{ id: v7(), role: message.role, content: message.content, fileIds: message === last ? input.files : [] }],
  );
  const history = said.map((message) => (message === last ? { ...message, attachments } : message));
  if (input.conversationId === undefined) {
    const isPreview = source === 'page' && input.version === 'draft';
    const newConversation = {
      title: toTitle(last?.content ?? ''),
      source: isPreview ? ('preview' as const) : source,
    };
    const memory = accessIn(newConversation.source);
    return { ...base, conversationId: v7(), newConversation, newMessages, history, memory };
  }
  const conversation = await getConversation(repository, actor, agent, input.conversationId);
  const { summary, messages: earlier } = await readEarlier(repository, input.conversationId, definition);
  return {
    ...base,
    summary,
    conversationId: input.conversationId,
    newConversation: null,
    newMessages,
    history: [...(await withAttachments(actor, earlier, ports)), ...history],
    memory: accessIn(conversation.source),
  };
}

async function prepareRepeat({
  actor,
  agent,
  runId,
  definition,
  repository,
  ports,
}: {
  actor: Actor;
  agent: { id: string };
  runId: string;
  definition: AgentDefinition;
  repository: RunRepository;
  ports: RunPorts;
}) {
  const run = await repository.findRun(runId);
  if (run === null || run.userId !== actor.userId || run.conversationId === null) throw runNotFound(runId);
  const conversation = await getConversation(repository, actor, agent, run.conversationId);
  // Besides the earlier ones: the question, and the reply that is replaced.
  const { summary, messages } = await readEarlier(repository, run.conversationId, definition, 2);
  const reply = messages.at(-1)?.role === 'assistant' ? messages.pop() : undefined;
  const question = messages.at(-1);
  if (question?.role !== 'user' || question.runId !== runId || (reply !== undefined && reply.runId !== runId)) {
    throw nothingToRepeat(runId);
  }
  return {
    summary,
    conversationId: run.conversationId,
    newConversation: null,
    // The question is stored again under the new run, in its old place: at the end.
    newMessages: [{ id: v7(), role: 'user' as const, content: question.content, fileIds: question.fileIds }],
    removedMessageIds: [question.id, ...(reply === undefined ? [] : [reply.id])],
    history: await withAttachments(actor, messages, ports),
    conversationSource: conversation.source,
  };
}

/**
 * The earlier messages that the model may be sent, and one more: it tells that there are more. Of an agent that sums up
 * what no longer fits, all since the last summary, as far as one summary can take them in.
 */
async function readEarlier(repository: RunRepository, conversationId: string, { context }: AgentDefinition, more = 0) {
  const most = context.maximumMessages + 1 + more;
  if (context.overflow === 'trim') {
    return { summary: null, messages: await repository.listNewestMessages(conversationId, most) };
  }
  const summary = await repository.findSummary(conversationId);
  const messages = await repository.listNewestMessages(
    conversationId,
    most + mostMessagesToSumUp,
    summary?.throughMessageId,
  );
  return { summary, messages };
}

async function getConversation(repository: RunRepository, actor: Actor, agent: { id: string }, id: string) {
  const conversation = await repository.findConversation(id, actor.userId);
  if (conversation === null) throw conversationNotFound(id);
  if (conversation.agentId !== agent.id) throw conversationOfAnotherAgent();
  return conversation;
}

/** Earlier messages with their files; only the newest few bring them, because each is read anew for every turn. */
async function withAttachments(
  actor: Actor,
  messages: { id: string; role: 'user' | 'assistant'; content: string; fileIds: string[] }[],
  ports: RunPorts,
): Promise<TurnMessage[]> {
  const withFiles = messages.filter(({ fileIds }) => fileIds.length > 0).slice(-messagesWithFiles);
  const history: TurnMessage[] = [];
  for (const message of messages) {
    const { id, role, content, fileIds } = message;
    const attachments = withFiles.includes(message) ? await ports.readEarlierAttachments(actor, fileIds) : [];
    history.push({ id, role, content, attachments });
  }
  return history;
}

function toTitle(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= longestTitle ? line : `${line.slice(0, longestTitle - 1).trimEnd()}…`;
}
