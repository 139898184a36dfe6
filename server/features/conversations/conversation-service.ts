import { v7 } from 'uuid';
import type { z } from 'zod';
import type { Actor } from '#server/contract/actor.ts';
import type {
  Conversation,
  ConversationListQuery,
  ConversationSummary,
  CreateConversationInput,
  Message,
  UpdateConversationInput,
} from '#server/contract/conversation.ts';
import type { Page, PageQuery } from '#server/contract/page.ts';
import type { Artifact, NamedAgent, RunEvent, Source } from '#server/contract/run-event.ts';
import type { RunStep } from '#server/contract/run.ts';
import { HubError } from '#server/hub-error.ts';
import { readPageCursor, toPage } from '#server/page-cursor.ts';
import type { ConversationRepository } from './conversation-repository.ts';

type Ports = {
  /** @throws {HubError} `not_found` when the actor cannot use it */
  resolveAgent: (actor: Actor, reference: string) => Promise<{ id: string }>;
  findActiveRun: (conversationId: string) => Promise<string | null>;
  stopRuns: (conversationId: string) => void;
  readRunParts: (events: readonly RunEvent[]) => {
    steps: RunStep[];
    sources: Source[];
    artifacts: Artifact[];
    reasoning: string;
    answeredBy: { agent: NamedAgent; version: number | null } | null;
  };
  now: () => Date;
};

/** A person's conversations: begun, listed, renamed, deleted, and read page by page. */
export function createConversationService({ repository, ports }: { repository: ConversationRepository; ports: Ports }) {
  type Stored = NonNullable<Awaited<ReturnType<ConversationRepository['find']>>>;

  type StoredMessage = Awaited<ReturnType<ConversationRepository['listMessages']>>[number];

  const notFound = (id: string) => new HubError('not_found', `There is no conversation "${id}".`);

  async function get(actor: Actor, id: string): Promise<Stored> {
    const conversation = await repository.find(id, actor.userId);
    const bound = actor.key?.agentIds ?? [];
    if (conversation === null || (bound.length > 0 && !bound.includes(conversation.agentId))) {
      throw notFound(id);
    }
    return conversation;
  }

  const toSummary = (
    { id, title, source, agent, answeringAgent, createdAt, updatedAt }: Stored,
    waiting: Set<string>,
  ): ConversationSummary => ({
    id,
    title,
    source: source as ConversationSummary['source'],
    agent,
    answeredBy: answeringAgent ?? agent,
    isWaiting: waiting.has(id),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  });
  const toConversation = async (stored: Stored): Promise<Conversation> => ({
    ...toSummary(stored, await repository.listWaiting([stored.id])),
    activeRun: await ports.findActiveRun(stored.id),
  });

  /** What a run did, and who answered in it. */
  function toMessageRun({ events, ...run }: NonNullable<StoredMessage['run']>): Message['run'] {
    const { answeredBy, ...parts } = ports.readRunParts(events);
    const { agent, version } = answeredBy ?? run;
    return { ...run, ...parts, agent, version };
  }

  return {
    create: async (actor: Actor, input: z.output<typeof CreateConversationInput>): Promise<Conversation> => {
      const agent = await ports.resolveAgent(actor, input.agent);
      const createdAt = ports.now();
      const stored = await repository.create({
        id: v7(),
        userId: actor.userId,
        agentId: agent.id,
        title: input.title ?? '',
        source: actor.key === null ? 'page' : 'api',
        createdAt,
        updatedAt: createdAt,
      });
      return toConversation(stored);
    },

    list: async (actor: Actor, query: z.output<typeof ConversationListQuery>): Promise<Page<ConversationSummary>> => {
      const bound = actor.key?.agentIds ?? [];
      const asked = query.agent === undefined ? null : (await ports.resolveAgent(actor, query.agent)).id;
      const found = await repository.list({
        userId: actor.userId,
        agentIds: asked === null ? (bound.length === 0 ? null : bound) : [asked],
        source: query.source,
        after: readPageCursor(query.cursor),
        limit: query.limit + 1,
      });
      const { items, nextCursor } = toPage(found, query.limit, ({ updatedAt, id }) => ({ at: updatedAt, id }));
      const waiting = await repository.listWaiting(items.map(({ id }) => id));
      return { items: items.map((item) => toSummary(item, waiting)), nextCursor };
    },

    get: async (actor: Actor, id: string): Promise<Conversation> => toConversation(await get(actor, id)),

    /** @throws {HubError} `not_found`, also for an agent that the actor may not run */
    update: async (
      actor: Actor,
      id: string,
      { title, answeredBy }: z.output<typeof UpdateConversationInput>,
    ): Promise<Conversation> => {
      const { agentId } = await get(actor, id);
      const chosen = answeredBy === undefined ? null : (await ports.resolveAgent(actor, answeredBy)).id;
      return toConversation(
        await repository.update(id, {
          ...(title === undefined ? {} : { title }),
          ...(chosen === null ? {} : { answeringAgentId: chosen === agentId ? null : chosen }),
        }),
      );
    },

    /** Deletes a conversation with its messages, and stops the run that is under way in it. */
    remove: async (actor: Actor, id: string): Promise<void> => {
      await get(actor, id);
      if (!(await repository.remove(id))) throw notFound(id);
      ports.stopRuns(id);
    },

    listMessages: async (actor: Actor, id: string, query: PageQuery): Promise<Page<Message>> => {
      await get(actor, id);
      const found = await repository.listMessages(id, { before: query.cursor ?? null, limit: query.limit + 1 });
      const shown = found.slice(0, query.limit);
      const items = shown.map(({ id: messageId, role, content, createdAt, run, files }): Message => ({
        id: messageId,
        role: role as Message['role'],
        content,
        files: files.map(({ id: file, name, mediaType, size }) => ({ id: file, name, mediaType, size })),
        run: run === null ? null : toMessageRun(run),
        createdAt: createdAt.toISOString(),
      }));
      return { items, nextCursor: found.length > query.limit ? (items.at(-1)?.id ?? null) : null };
    },
  };
}
export type ConversationService = ReturnType<typeof createConversationService>;
