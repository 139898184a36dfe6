import { v7 } from 'uuid';
import type { z } from 'zod';
import type { Actor } from '#server/contract/actor.ts';
import type {
  Conversation,
  ConversationListQuery,
  ConversationSummary,
  CreateConversationInput,
  ForkConversationInput,
  Message,
  UpdateConversationInput,
} from '#server/contract/conversation.ts';
import type { Page, PageQuery } from '#server/contract/page.ts';
import type { Artifact, NamedAgent, RunEvent, Source } from '#server/contract/run-event.ts';
import type { RunStep } from '#server/contract/run.ts';
import { readPageCursor, toPage } from '#server/page-cursor.ts';
import type { BranchRepository } from './branch-repository.ts';
import { createForker } from './fork-conversation.ts';
import { answerNotFound, branchInUse, conversationNotFound, messageNotFound } from './conversation-errors.ts';
import type { ConversationRepository } from './conversation-repository.ts';

type Ports = {
  /** @throws {HubError} `not_found` when the actor cannot use it */
  resolveAgent: (actor: Actor, reference: string) => Promise<{ id: string }>;
  findActiveRun: (conversationId: string) => Promise<string | null>;
  findAnsweringAgent: (conversationId: string, messageId: string) => Promise<string | null>;
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

type Needs = { repository: ConversationRepository; branches: BranchRepository; ports: Ports };

/** A person's conversations: begun, listed, renamed, deleted, and read page by page, branch by branch. */
export function createConversationService({ repository, branches, ports }: Needs) {
  type Stored = NonNullable<Awaited<ReturnType<ConversationRepository['find']>>>;

  type StoredMessage = Awaited<ReturnType<ConversationRepository['withRuns']>>[number];

  async function get(actor: Actor, id: string): Promise<Stored> {
    const conversation = await repository.find(id, actor.userId);
    const bound = actor.key?.agentIds ?? [];
    if (conversation === null || (bound.length > 0 && !bound.includes(conversation.agentId))) {
      throw conversationNotFound(id);
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
    leafMessageId: stored.leafMessageId,
    forkedFromId: stored.forkedFromId,
  });

  /** What a run did, and who answered in it. */
  function toMessageRun({ events, ...run }: NonNullable<StoredMessage['run']>): Message['run'] {
    const { answeredBy, ...parts } = ports.readRunParts(events);
    const { agent, version } = answeredBy ?? run;
    return { ...run, ...parts, agent, version };
  }

  /** @throws {HubError} `not_found`, and `conflict` while a run's reply is to come where the person looks now */
  async function findBranch({ id, agentId }: Stored, messageId: string) {
    const leafMessageId = await branches.findNewestLeaf(id, messageId);
    if (leafMessageId === null) throw messageNotFound(messageId);
    const run = await ports.findActiveRun(id);
    if (run !== null) throw branchInUse(run);
    const answering = await ports.findAnsweringAgent(id, leafMessageId);
    return { leafMessageId, answeringAgentId: answering === agentId ? null : answering };
  }

  const fork = createForker({ branches, ports });

  return {
    /** Begins a conversation that goes on from a message of another one. @throws {HubError} `not_found` */
    fork: async (
      actor: Actor,
      id: string,
      { messageId }: z.output<typeof ForkConversationInput>,
    ): Promise<Conversation> => {
      const forked = await fork(actor, await get(actor, id), messageId);
      return toConversation(await get(actor, forked));
    },

    /** An answer that the actor was given, and who gave it. @throws {HubError} `not_found` */
    findAnswer: async (actor: Actor, messageId: string) => {
      const answer = await branches.findAnswer(messageId, actor.userId);
      if (answer === null) throw answerNotFound(messageId);
      await get(actor, answer.conversationId);
      const { agentId, version, model } = answer;
      const taken = ports.readRunParts(answer.events).answeredBy;
      return {
        messageId,
        model,
        ...(taken === null ? { agentId, version } : { agentId: taken.agent.id, version: taken.version }),
      };
    },

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

    /** @throws {HubError} `conflict`, and `not_found`, also for an agent that the actor may not run */
    update: async (
      actor: Actor,
      id: string,
      { title, answeredBy, leafMessageId }: z.output<typeof UpdateConversationInput>,
    ): Promise<Conversation> => {
      const conversation = await get(actor, id);
      const { agentId } = conversation;
      const branch = leafMessageId === undefined ? {} : await findBranch(conversation, leafMessageId);
      const chosen = answeredBy === undefined ? null : (await ports.resolveAgent(actor, answeredBy)).id;
      return toConversation(
        await repository.update(id, {
          ...branch,
          ...(title === undefined ? {} : { title }),
          ...(chosen === null ? {} : { answeringAgentId: chosen === agentId ? null : chosen }),
        }),
      );
    },

    /** Deletes a conversation with its messages, and stops the run that is under way in it. */
    remove: async (actor: Actor, id: string): Promise<void> => {
      await get(actor, id);
      if (!(await repository.remove(id))) throw conversationNotFound(id);
      ports.stopRuns(id);
    },

    listMessages: async (actor: Actor, id: string, query: PageQuery): Promise<Page<Message>> => {
      const { leafMessageId: leafId } = await get(actor, id);
      const found = await branches.listBranch(id, { leafId, before: query.cursor ?? null, limit: query.limit + 1 });
      const shown = await repository.withRuns(found.slice(0, query.limit));
      const items = shown.map(
        ({ id: messageId, parentId, role, content, createdAt, run, files, feedback, ...siblings }): Message => ({
          id: messageId,
          parentId,
          siblings: {
            number: siblings.number,
            count: siblings.count,
            previous: siblings.previous,
            next: siblings.next,
          },
          role: role as Message['role'],
          content,
          files: files.map(({ id: file, name, mediaType, size }) => ({ id: file, name, mediaType, size })),
          run: run === null ? null : toMessageRun(run),
          feedback,
          createdAt: createdAt.toISOString(),
        }),
      );
      return { items, nextCursor: found.length > query.limit ? (items.at(-1)?.id ?? null) : null };
    },
  };
}
export type ConversationService = ReturnType<typeof createConversationService>;
