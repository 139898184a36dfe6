import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { BranchMessage } from './branch-statements.ts';
import type { RunPorts, TurnMessage } from './run-ports.ts';
import type { RunRepository } from './run-repository.ts';

const messagesWithFiles = 4;
const mostMessagesToSumUp = 200;

/**
 * The messages of a branch up to its end that the model may be sent, and one more: it tells that there are more. Of an
 * agent that sums up what no longer fits, all since the last summary, as far as one summary can take them in.
 */
export function readEarlier(
  repository: Pick<RunRepository, 'readBranch'>,
  { conversationId, leafId }: { conversationId: string; leafId: string | null },
  { context }: AgentDefinition,
  more = 0,
) {
  const most = context.maximumMessages + 1 + more;
  const summarised = context.overflow === 'summarise';
  return repository.readBranch(conversationId, leafId, {
    limit: summarised ? most + mostMessagesToSumUp : most,
    summarised,
  });
}

/**
 * Earlier messages with their files; only the newest few bring them, because each is read anew for every turn. An answer
 * and what it was gone on with are one.
 */
export async function withAttachments(
  actor: Actor,
  messages: BranchMessage[],
  ports: Pick<RunPorts, 'readEarlierAttachments'>,
): Promise<TurnMessage[]> {
  const withFiles = messages.filter(({ fileIds }) => fileIds.length > 0).slice(-messagesWithFiles);
  const history: TurnMessage[] = [];
  for (const message of messages) {
    const { id, role, content, fileIds } = message;
    const before = history.at(-1);
    if (role === 'assistant' && before?.role === 'assistant') {
      history[history.length - 1] = { ...before, id, content: before.content + content };
      continue;
    }
    const attachments = withFiles.includes(message) ? await ports.readEarlierAttachments(actor, fileIds) : [];
    history.push({ id, role, content, attachments });
  }
  return history;
}

/** What a model is told where its answer was cut off; not stored. */
const goOn: TurnMessage = {
  role: 'user',
  content:
    'Your last answer was cut off. Go on exactly where it stops, in the same language and form, without repeating any of it ' +
    'and without an introduction.',
};

/** All that is said up to a message that is answered again, or up to a cut answer that is gone on with. */
export async function readAgain(
  actor: Actor,
  place: { conversationId: string; leafId: string | null },
  {
    definition,
    repository,
    ports,
  }: {
    definition: AgentDefinition;
    repository: Pick<RunRepository, 'readBranch'>;
    ports: Pick<RunPorts, 'readEarlierAttachments'>;
  },
) {
  const { summary, messages } = await readEarlier(repository, place, definition, 1);
  const history = await withAttachments(actor, messages, ports);
  return { summary, history: messages.at(-1)?.role === 'assistant' ? [...history, goOn] : history };
}
