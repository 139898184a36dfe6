import type { Actor } from '#server/contract/actor.ts';
import type { Conversation, ConversationSummary, Message } from '#server/contract/conversation.ts';
import { conversationNotFound } from './conversation-errors.ts';
import type { ConversationPorts } from './conversation-ports.ts';
import type { ConversationRepository } from './conversation-repository.ts';

export type StoredConversation = NonNullable<Awaited<ReturnType<ConversationRepository['find']>>>;
type StoredMessage = Awaited<ReturnType<ConversationRepository['listMessages']>>[number];
type Needs = {
  repository: ConversationRepository;
  ports: Pick<ConversationPorts, 'findActiveRun' | 'readRunParts'>;
};

const messagesAtATime = 50;

/** The one way to a person's conversation and to the messages that are shown of it. */
export function createConversationReader({ repository, ports }: Needs) {
  const toSummary = (stored: StoredConversation, waiting: Set<string>): ConversationSummary => ({
    id: stored.id,
    title: stored.title,
    source: stored.source as ConversationSummary['source'],
    agent: stored.agent,
    answeredBy: stored.answeringAgent ?? stored.agent,
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
    return { ...run, ...parts, agent, version };
  }

  const toMessage = ({ id, role, content, createdAt, run, files }: StoredMessage): Message => ({
    id,
    role: role as Message['role'],
    content,
    files: files.map(({ id: file, name, mediaType, size }) => ({ id: file, name, mediaType, size })),
    run: run === null ? null : toMessageRun(run),
    createdAt: createdAt.toISOString(),
  });

  /** The messages that are shown of a conversation, oldest first, as they are needed. */
  async function* readShown(conversationId: string): AsyncGenerator<Message> {
    const ids = await repository.listShown(conversationId);
    for (let place = 0; place < ids.length; place += messagesAtATime) {
      const messages = await repository.readMessages(ids.slice(place, place + messagesAtATime));
      yield* messages.map(toMessage);
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
    }),

    readShown,
  };
}
export type ConversationReader = ReturnType<typeof createConversationReader>;
