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
import { readPageCursor, toPage } from '#server/page-cursor.ts';
import { conversationNotFound, folderNotFound, notKept } from './conversation-errors.ts';
import { createConversationFolders } from './conversation-folders.ts';
import type { ConversationPorts } from './conversation-ports.ts';
import type { ConversationRepository } from './conversation-repository.ts';
import { createConversationExporter } from './export-conversation.ts';
import type { FolderRepository } from './folder-repository.ts';
import { createConversationReader } from './read-conversation.ts';
import { createConversationSearch } from './search-conversations.ts';
import type { SearchRepository } from './search-repository.ts';
import { createTemporaryKeeper } from './temporary-conversations.ts';
import type { TemporaryRepository } from './temporary-repository.ts';

type Needs = {
  repository: ConversationRepository;
  folders: FolderRepository;
  search: SearchRepository;
  temporary: TemporaryRepository;
  ports: ConversationPorts;
};

/** A person's conversations: begun, listed, found, kept in order, deleted, and read page by page. */
export function createConversationService({ repository, folders, search, temporary, ports }: Needs) {
  const reader = createConversationReader({ repository, ports });
  const { get, toSummaries, toConversation } = reader;
  const forgetter = createTemporaryKeeper({ repository: temporary, stopRuns: ports.stopRuns });

  /** The agents whose conversations an actor may list, of those that it asks for; null: all. */
  async function listAgentIds(actor: Actor, agent: string | undefined): Promise<string[] | null> {
    if (agent !== undefined) return [(await ports.resolveAgent(actor, agent)).id];
    const bound = actor.key?.agentIds ?? [];
    return bound.length === 0 ? null : bound;
  }

  async function present(
    found: Awaited<ReturnType<ConversationRepository['list']>>,
    limit: number,
  ): Promise<Page<ConversationSummary>> {
    const { items, nextCursor } = toPage(found, limit, ({ updatedAt, id }) => ({ at: updatedAt, id }));
    return { items: await toSummaries(items), nextCursor };
  }

  return {
    ...createConversationFolders({ repository: folders, now: ports.now }),

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

    /** @throws {HubError} `not_found`, also for an agent that the actor may not run; `conflict` for a temporary one */
    update: async (
      actor: Actor,
      id: string,
      { title, answeredBy, pinned, archived, folder }: UpdateConversationInput,
    ): Promise<Conversation> => {
      const { agentId, source } = await get(actor, id);
      const isKept = pinned !== undefined || archived !== undefined || folder !== undefined;
      if (isKept && source === 'temporary') throw notKept();
      if (folder && !(await folders.has(actor.userId, folder))) throw folderNotFound(folder);
      const chosen = answeredBy === undefined ? null : (await ports.resolveAgent(actor, answeredBy)).id;
      return toConversation(
        await repository.update(id, {
          ...(title !== undefined && { title, isTitled: true }),
          ...(chosen !== null && { answeringAgentId: chosen === agentId ? null : chosen }),
          ...(pinned !== undefined && { isPinned: pinned }),
          ...(archived !== undefined && { isArchived: archived }),
          ...(folder !== undefined && { folderId: folder }),
        }),
      );
    },

    /** Removes temporary ones that were last used before a time, with all that was said and made in them. */
    removeTemporary: forgetter.removeOld,

    /** Deletes a conversation with its messages, and stops the run that is under way in it. */
    remove: async (actor: Actor, id: string): Promise<void> => {
      const { source } = await get(actor, id);
      if (source === 'temporary') return forgetter.forget(id);
      if (!(await repository.remove(id))) throw conversationNotFound(id);
      void ports.stopRuns(id);
    },

    export: createConversationExporter(reader),
    readShown: reader.readShown,

    listMessages: async (actor: Actor, id: string, query: PageQuery): Promise<Page<Message>> => {
      await get(actor, id);
      const found = await repository.listMessages(id, { before: query.cursor ?? null, limit: query.limit + 1 });
      const items = found.slice(0, query.limit).map(reader.toMessage);
      return { items, nextCursor: found.length > query.limit ? (items.at(-1)?.id ?? null) : null };
    },
  };
}
export type ConversationService = ReturnType<typeof createConversationService>;
