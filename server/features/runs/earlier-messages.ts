import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { RunPorts, TurnMessage } from './run-ports.ts';
import type { RunRepository } from './run-repository.ts';

const messagesWithFiles = 4;
const mostMessagesToSumUp = 200;

/**
 * The earlier messages that the model may be sent, and one more: it tells that there are more. Of an agent that sums up
 * what no longer fits, all since the last summary, as far as one summary can take them in.
 */
export async function readEarlier(
  repository: Pick<RunRepository, 'listNewestMessages' | 'findSummary'>,
  conversationId: string,
  { context }: AgentDefinition,
  more = 0,
) {
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

/** Earlier messages with their files; only the newest few bring them, because each is read anew for every turn. */
export async function withAttachments(
  actor: Actor,
  messages: { id: string; role: 'user' | 'assistant'; content: string; fileIds: string[] }[],
  ports: Pick<RunPorts, 'readEarlierAttachments'>,
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
