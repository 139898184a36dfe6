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
import { readPageCursor, toPage } from '#server/page-cursor.ts';
import type { BranchRepository } from './branch-repository.ts';
import {
  answerNotFound,
  branchInUse,
  conversationNotFound,
  folderNotFound,
  messageNotFound,
  notKept,
} from './conversation-errors.ts';
import { createConversationFolders } from './conversation-folders.ts';
import type { ConversationPorts } from './conversation-ports.ts';
import type { ConversationRepository } from './conversation-repository.ts';
import { createConversationDeleter } from './delete-conversations.ts';
import type { DeletionRepository } from './deletion-repository.ts';
import { createConversationExporter } from './export-conversation.ts';
import type { FolderRepository } from './folder-repository.ts';
import { createForker } from './fork-conversation.ts';
import { createConversationReader, type StoredConversation } from './read-conversation.ts';
import { createConversationSearch } from './search-conversations.ts';
import type { SearchRepository } from './search-repository.ts';

type Needs = {
  repository: ConversationRepository;
  branches: BranchRepository;
  folders: FolderRepository;
  search: SearchRepository;
  deletions: DeletionRepository;
  ports: ConversationPorts;
};

/** A person's conversations: begun, listed, found, kept in order, deleted, and read page by page, branch by branch. */
export function createConversationService({ repository, branches, folders, search, deletions, ports }: Needs) {
  const reader = createConversationReader({ repository, branches, ports });
  const { get, toSummaries, toConversation } = reader;
  const deleter = createConversationDeleter({ repository: deletions, stopRuns: ports.stopRuns });
  const fork = createForker({ branches, ports });

  const announce = ({ userId }: Actor, conversation: string) =>
    ports.announce(userId, { type: 'conversation', conversation, run: null });

  /** The agents whose conversations an actor may list, of those that it asks for; null: all. */
  async function listAgentIds(actor: Actor, agent: string | undefined): Promise<string[] | null> {
    if (agent !== undefined) return [(await ports.resolveAgent(actor, agent)).id];
    const bound = actor.key?.agentIds ?? [];
    return bound.length === 0 ? null : bound;
  }

  /** @throws {HubError} `not_found`, and `conflict` while a run's reply is to come where the person looks now */
  async function findBranch({ id, agentId }: StoredConversation, messageId: string) {
    const leafMessageId = await branches.findNewestLeaf(id, messageId);
    if (leafMessageId === null) throw messageNotFound(messageId);
    const run = await ports.findActiveRun(id);
    if (run !== null) throw branchInUse(run);
    const answering = await ports.findAnsweringAgent(id, leafMessageId);
    return { leafMessageId, answeringAgentId: answering === agentId ? null : answering };
  }

  async function present(
    found: Awaited<ReturnType<ConversationRepository['list']>>,
    limit: number,
  ): Promise<Page<ConversationSummary>> {
    const { items, nextCursor } = toPage(found, limit, ({ updatedAt, id }) => ({ at: updatedAt, id }));
    return { items: await toSummaries(items), nextCursor };
  }

  async function listShown(
    { id, leafMessageId: leafId }: { id: string; leafMessageId: string | null },
    { cursor, limit }: PageQuery,
  ): Promise<Page<Message>> {
    const found = await branches.listBranch(id, { leafId, before: cursor ?? null, limit: limit + 1 });
    const items = (await repository.withRuns(found.slice(0, limit))).map(reader.toMessage);
    return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  return {
    ...createConversationFolders({ repository: folders, now: ports.now, announce: ports.announce }),

    /** Begins a conversation that goes on from a message of another one. @throws {HubError} `not_found` */
    fork: async (
      actor: Actor,
      id: string,
      { messageId }: z.output<typeof ForkConversationInput>,
    ): Promise<Conversation> => {
      const forked = await fork(actor, await get(actor, id), messageId);
      announce(actor, forked);
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
        isTitled: input.title !== undefined,
        source: actor.key === null ? 'page' : 'api',
        createdAt,
        updatedAt: createdAt,
      });
      announce(actor, stored.id);
      return toConversation(stored);
    },

    list: async (actor: Actor, query: z.output<typeof ConversationListQuery>): Promise<Page<ConversationSummary>> => {
      const found = await repository.list({
        userId: actor.userId,
        agentIds: await listAgentIds(actor, query.agent),
        source: query.source,
        isArchived: query.archived,
        isPinned: query.pinned,
        folderId: query.folder === 'none' ? null : query.folder,
        after: readPageCursor(query.cursor),
        limit: query.limit + 1,
      });
      return present(found, query.limit);
    },

    /** Those in which a published version of an agent answered, newest first; archived ones too. */
    listOfVersion: async (
      actor: Actor,
      { agent, version, cursor, limit }: { agent: string; version: number } & PageQuery,
    ): Promise<Page<ConversationSummary>> => {
      const found = await repository.listOfVersion(
        { userId: actor.userId, agentIds: await listAgentIds(actor, undefined) },
        {
          agentId: (await ports.resolveAgent(actor, agent)).id,
          version,
          after: readPageCursor(cursor),
          limit: limit + 1,
        },
      );
      return present(found, limit);
    },

    /** Finds them by parts of words in their messages and titles, newest first. */
    search: createConversationSearch({
      repository: search,
      listAgentIds,
      summarise: async (userId, ids) => {
        const summaries = await toSummaries(await repository.listByIds(ids, userId));
        return new Map(summaries.map((summary) => [summary.id, summary]));
      },
    }),

    get: async (actor: Actor, id: string): Promise<Conversation> => toConversation(await get(actor, id)),

    /** @throws {HubError} `not_found`, also for an agent that the actor may not run; `conflict` for a temporary one, or a branch in use */
    update: async (
      actor: Actor,
      id: string,
      { title, answeredBy, pinned, archived, folder, leafMessageId }: UpdateConversationInput,
    ): Promise<Conversation> => {
      const conversation = await get(actor, id);
      const { agentId, source } = conversation;
      const isKept = pinned !== undefined || archived !== undefined || folder !== undefined;
      if (isKept && source === 'temporary') throw notKept();
      if (folder && !(await folders.has(actor.userId, folder))) throw folderNotFound(folder);
      const branch = leafMessageId === undefined ? {} : await findBranch(conversation, leafMessageId);
      const chosen = answeredBy === undefined ? null : (await ports.resolveAgent(actor, answeredBy)).id;
      const updated = await repository.update(id, {
        ...branch,
        ...(title !== undefined && { title, isTitled: true }),
        ...(chosen !== null && { answeringAgentId: chosen === agentId ? null : chosen }),
        ...(pinned !== undefined && { isPinned: pinned }),
        ...(archived !== undefined && { isArchived: archived }),
        ...(folder !== undefined && { folderId: folder }),
      });
      announce(actor, id);
      return toConversation(updated);
    },

    removeTemporary: deleter.removeTemporary,
    removePreviews: deleter.removePreviews,
    removeOf: deleter.removeOf,
    removeOfPerson: deleter.removeOfPerson,
    /** Removes one of these at once, and stops the run that is under way in it. */
    forget: async (id: string): Promise<void> => {
      await deleter.remove(id);
    },

    /** Deletes a conversation with its messages and what its runs said, and stops the run that is under way in it. */
    remove: async (actor: Actor, id: string): Promise<void> => {
      await get(actor, id);
      if (!(await deleter.remove(id))) throw conversationNotFound(id);
      announce(actor, id);
    },

    export: createConversationExporter(reader),
    readShown: reader.readShown,

    listMessages: async (actor: Actor, id: string, query: PageQuery): Promise<Page<Message>> =>
      listShown(await get(actor, id), query),
    listShown,
  };
}
export type ConversationService = ReturnType<typeof createConversationService>;
