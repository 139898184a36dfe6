import type { Actor } from '#server/contract/actor.ts';
import type { ConversationSource } from '#server/contract/conversation.ts';
import type { StartRunInput } from '#server/contract/run.ts';
import { readVariableValues } from '#server/contract/variable-values.ts';
import type { MessagePlace } from './branch-statements.ts';
import { answerIsWhole, conversationNotFound, conversationOfAnotherAgent, messageNotFound } from './run-errors.ts';
import type { RunRepository } from './run-repository.ts';

/** Where in a conversation a run takes place. */
export type RunPlace = {
  conversationId: string;
  source: ConversationSource;
  /** The agent that the conversation was begun with. */
  agent: { id: string; handle: string };
  /** What was answered in it to its agent's questions. */
  variables: Record<string, string>;
  /** Who answers here, when not that one. */
  answeringAgentId: string | null;
  /** The message that a new one stands under. */
  parentId: string | null;
  /** The message that is answered again, or gone on with, in place of a new one. */
  again?: string;
  /** Told where it does not go on from the end that is shown. */
  branch: { answeringAgentId: string | null } | null;
};

/**
 * Finds where in a stored conversation a run is to take place; null for a new conversation.
 *
 * @throws {HubError} `not_found`, `conflict`
 */
export async function findPlace({
  repository,
  actor,
  agentId,
  input: { conversationId: id, parentMessageId, input },
}: {
  repository: Pick<RunRepository, 'findConversation' | 'findPlace'>;
  actor: Actor;
  agentId: string;
  input: Pick<StartRunInput, 'conversationId' | 'parentMessageId' | 'input'>;
}): Promise<RunPlace | null> {
  if (id === undefined) return null;
  const conversation = await repository.findConversation(id, actor.userId);
  const visited = conversation?.source === 'embed' ? id : undefined;
  if (conversation === null || visited !== actor.visit?.conversation) throw conversationNotFound(id);
  const { agent, source, leafMessageId, answeringAgentId } = conversation;
  // It is the agent's that it was begun with, and that of the one that answers in it.
  if (agent.id !== agentId && answeringAgentId !== agentId) throw conversationOfAnotherAgent();
  const variables = readVariableValues(conversation.variables);
  const base = { conversationId: id, source: source as ConversationSource, agent, variables };
  if (parentMessageId === undefined) return { ...base, answeringAgentId, parentId: leafMessageId, branch: null };
  const parent = parentMessageId === null ? null : await repository.findPlace(id, parentMessageId);
  if (parentMessageId !== null && parent === null) throw messageNotFound(parentMessageId);
  const said = parent?.answeringAgentId ?? agent.id;
  const branch = { answeringAgentId: said === agent.id ? null : said };
  const place = { ...base, ...branch, parentId: parentMessageId, branch };
  if (input !== undefined || parentMessageId === null || parent === null) return place;
  if (parent.role === 'assistant' && !wasCut(parent)) throw answerIsWhole();
  return { ...place, again: parentMessageId };
}

/** Stopped by the person, by a process that ended, or by the model's limit. */
function wasCut({ runStatus, finishReason }: MessagePlace): boolean {
  return runStatus === 'cancelled' || runStatus === 'interrupted' || finishReason === 'length';
}
