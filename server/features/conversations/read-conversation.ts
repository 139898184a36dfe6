import type { Actor } from '#server/contract/actor.ts';
import type { Conversation, ConversationSummary, Message } from '#server/contract/conversation.ts';
import { readVariableValues } from '#server/contract/variable-values.ts';
import { NamedAgent, Source } from '#server/contract/run-event.ts';
import type { BranchRepository } from './branch-repository.ts';
import { conversationNotFound } from './conversation-errors.ts';
import type { ConversationPorts } from './conversation-ports.ts';
import type { ConversationRepository } from './conversation-repository.ts';

export type StoredConversation = NonNullable<Awaited<ReturnType<ConversationRepository['find']>>>;
type StoredMessage = Awaited<ReturnType<ConversationRepository['withRuns']>>[number];
type Needs = {
  repository: ConversationRepository;
  branches: Pick<BranchRepository, 'listIds' | 'listBranch'>;
  ports: Pick<ConversationPorts, 'findActiveRun' | 'readRunParts'>;
};

type Shown = { id: string; leafMessageId: string | null };

const messagesAtATime = 50;

/** The one way to a person's conversation and to the messages that are shown of it. */
export function createConversationReader({ repository, branches, ports }: Needs) {
  const toSummary = (stored: StoredConversation, waiting: Set<string>): ConversationSummary => ({
    id: stored.id,
    title: stored.title,
    source: stored.source as ConversationSummary['source'],
    agent: NamedAgent.parse(stored.agent),
    answeredBy: NamedAgent.parse(stored.answeringAgent ?? stored.agent),
    isWaiting: waiting.has(stored.id),
    isPinned: stored.isPinned,
    isArchived: stored.isArchived,
    folder: stored.folderId,
    createdAt: stored.createdAt.toISOString(),
    updatedAt: stored.updatedAt.toISOString(),
  });

  /** What a run did, and who answered in it. */
  function toMessageRun({ events, ...run }: NonNullable<StoredMessage['run']>): Message['run'] {
    const { answeredBy, ...parts } = ports.readRunParts(events);
    const { agent, version } = answeredBy ?? run;
    return { ...run, ...parts, agent: NamedAgent.parse(agent), version, startedAt: run.startedAt.toISOString() };
  }

  const toMessage = ({ run, files, ...message }: StoredMessage): Message => ({
    id: message.id,
    parentId: message.parentId,
    siblings: {
      number: message.number,
      count: message.count,
      previous: message.previous,
      next: message.next,
    },
    role: message.role as Message['role'],
    content: message.content,
    files: files.map(({ id, name, mediaType, size }) => ({ id, name, mediaType, size })),
    run: run === null ? null : toMessageRun(run),
    sources: message.sources === null ? [] : Source.array().parse(message.sources),
    feedback: message.feedback,
    createdAt: message.createdAt.toISOString(),
  });

  /** The branch that is shown of a conversation, oldest message first, as they are needed. */
  async function* readShown({ id, leafMessageId }: Shown): AsyncGenerator<Message> {
    const ids = leafMessageId === null ? [] : await branches.listIds(id, leafMessageId, null);
    for (let end = messagesAtATime; end - messagesAtATime < ids.length; end += messagesAtATime) {
      const part = ids.slice(end - messagesAtATime, end);
      const found = await branches.listBranch(id, { leafId: part.at(-1) ?? null, before: null, limit: part.length });
      yield* (await repository.withRuns(found.reverse())).map(toMessage);
    }
  }

  return {
    toMessage,

    /** @throws {HubError} `not_found`, also for a conversation of an agent that the key is not for */
    get: async (actor: Actor, id: string): Promise<StoredConversation> => {
      const conversation = await repository.find(id, actor.userId);
      const bound = actor.key?.agentIds ?? [];
      if (conversation === null || (bound.length > 0 && !bound.includes(conversation.agentId))) {
        throw conversationNotFound(id);
      }
      return conversation;
    },

    toSummaries: async (stored: StoredConversation[]): Promise<ConversationSummary[]> => {
      const waiting = await repository.listWaiting(stored.map(({ id }) => id));
      return stored.map((conversation) => toSummary(conversation, waiting));
    },

    toConversation: async (stored: StoredConversation): Promise<Conversation> => ({
      ...toSummary(stored, await repository.listWaiting([stored.id])),
      activeRun: await ports.findActiveRun(stored.id),
      leafMessageId: stored.leafMessageId,
      forkedFromId: stored.forkedFromId,
      variables: readVariableValues(stored.variables),
    }),

    readShown,
  };
}
export type ConversationReader = ReturnType<typeof createConversationReader>;
