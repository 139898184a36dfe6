import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Actor } from '#server/contract/actor.ts';
import type { Conversation, Message } from '#server/contract/conversation.ts';
import type {
  ConversationShare,
  CreateShareInput,
  SharedConversation,
  SharedMessage,
  ShareListQuery,
  SharingSettings,
} from '#server/contract/conversation-share.ts';
import { ShareContent } from '#server/contract/conversation-share.ts';
import type { Page } from '#server/contract/page.ts';
import { NamedAgent } from '#server/contract/run-event.ts';
import { HubError } from '#server/hub-error.ts';
import { readPageCursor, toPage } from '#server/page-cursor.ts';
import {
  notKept,
  nothingToShare,
  shareGone,
  shareNotFound,
  shareTooLarge,
  sharingOff,
  tooManyShares,
} from './share-errors.ts';
import type { ShareRepository } from './share-repository.ts';

type OpenedFile = { file: { name: string; mediaType: string; size: number; sha256: string }; content: Readable };

type SharedFrom = Pick<Conversation, 'id' | 'title' | 'agent' | 'source' | 'leafMessageId'>;

type Needs = {
  repository: ShareRepository;
  ports: {
    /** @throws {HubError} `not_found` */
    getConversation: (actor: Actor, id: string) => Promise<SharedFrom>;
    /** The messages that are shown of a conversation, oldest first. */
    readMessages: (conversation: SharedFrom) => AsyncIterable<Message>;
    /** @throws {HubError} `not_found` */
    openFile: (ownerId: string, fileId: string) => Promise<OpenedFile>;
    now: () => Date;
  };
};

const mostShares = 500;
const largestBytes = 5 * 1024 * 1024;
const dayMs = 24 * 60 * 60 * 1000;

/**
 * Frozen copies of conversations that everybody with a link may read, until they are revoked, expire, or go with their
 * conversation or their person. What is not in the copy is not read through it, whatever becomes of the conversation.
 */
export function createShareService({ repository, ports: { getConversation, readMessages, openFile, now } }: Needs) {
  const scopeOf = ({ userId, key }: Actor) => ({ userId, agentIds: key?.agentIds ?? [] });
  const isAllowed = async () => (await repository.readSettings()).isAllowed;

  async function copyMessages(conversation: SharedFrom, withFiles: boolean): Promise<SharedMessage[]> {
    const messages: SharedMessage[] = [];
    let bytes = 0;
    for await (const message of readMessages(conversation)) {
      const copied = toSharedMessage(message, withFiles);
      bytes += Buffer.byteLength(JSON.stringify(copied));
      if (bytes > largestBytes) throw shareTooLarge(largestBytes);
      messages.push(copied);
    }
    return messages;
  }

  return {
    /** @throws {HubError} `not_found`; `forbidden`, where sharing is off; `conflict`; `payload_too_large` */
    createShare: async (actor: Actor, id: string, input: CreateShareInput): Promise<ConversationShare> => {
      const conversation = await getConversation(actor, id);
      const { title, agent, source } = conversation;
      if (!(await isAllowed())) throw sharingOff();
      if (source === 'temporary') throw notKept();
      if ((await repository.count(actor.userId)) >= mostShares) throw tooManyShares(mostShares);
      const { showsName, withFiles, expiresInDays } = input;
      const messages = await copyMessages(conversation, withFiles);
      if (messages.length === 0) throw nothingToShare();
      const createdAt = now();
      return toShare(
        await repository.create({
          id: randomBytes(16).toString('base64url'),
          conversationId: id,
          userId: actor.userId,
          title,
          content: {
            agent: agent.name,
            translations: agent.translations,
            person: showsName ? actor.name : null,
            withFiles,
            messages,
          },
          fileIds: listFiles(messages),
          createdAt,
          expiresAt: expiresInDays === null ? null : new Date(createdAt.getTime() + expiresInDays * dayMs),
        }),
      );
    },

    listShares: async (actor: Actor, query: ShareListQuery): Promise<Page<ConversationShare>> => {
      const { limit, cursor, conversation } = query;
      const found = await repository.list(
        { ...scopeOf(actor), conversationId: conversation },
        { after: readPageCursor(cursor), limit: limit + 1, now: now() },
      );
      const { items, nextCursor } = toPage(found, limit, ({ createdAt, id }) => ({ at: createdAt, id }));
      return { items: items.map(toShare), nextCursor };
    },

    /** Its link leads nowhere from now on. @throws {HubError} `not_found` */
    revokeShare: async (actor: Actor, id: string): Promise<void> => {
      if (!(await repository.remove(id, scopeOf(actor)))) throw shareNotFound();
    },

    /** What everybody with the link reads. @throws {HubError} `not_found` */
    readShare: async (id: string): Promise<SharedConversation> => {
      const share = (await isAllowed()) ? await repository.findOpen(id, now()) : null;
      if (share === null) throw shareGone();
      const { agent, translations, person, messages } = share.content;
      return {
        title: share.title,
        agent,
        translations,
        person,
        messages,
        createdAt: share.createdAt.toISOString(),
        expiresAt: share.expiresAt?.toISOString() ?? null,
      };
    },

    /** A file that belongs to the copy. @throws {HubError} `not_found` */
    openSharedFile: async (id: string, fileId: string): Promise<OpenedFile> => {
      const owner = (await isAllowed()) ? await repository.findFileOwner(id, fileId, now()) : null;
      if (owner === null) throw shareGone();
      return openFile(owner, fileId).catch((error: unknown) => {
        throw error instanceof HubError && error.code === 'not_found' ? shareGone() : error;
      });
    },

    removeExpiredShares: (): Promise<void> => repository.removeExpired(now()),
    readSharingSettings: (): Promise<SharingSettings> => repository.readSettings(),
    writeSharingSettings: async (settings: SharingSettings): Promise<SharingSettings> => {
      await repository.writeSettings(settings);
      return settings;
    },
  };
}

export type ShareService = ReturnType<typeof createShareService>;

function toShare(stored: Awaited<ReturnType<ShareRepository['create']>>): ConversationShare {
  const { person, withFiles } = ShareContent.pick({ person: true, withFiles: true }).parse(stored.content);
  return {
    id: stored.id,
    conversation: stored.conversationId,
    agent: NamedAgent.parse(stored.conversation.agent),
    title: stored.title,
    showsName: person !== null,
    withFiles,
    createdAt: stored.createdAt.toISOString(),
    expiresAt: stored.expiresAt?.toISOString() ?? null,
  };
}

/** A message without what led to it: what tools were told and brought may be private. */
function toSharedMessage(
  { id, role, content, files, run, createdAt, ...message }: Message,
  withFiles: boolean,
): SharedMessage {
  const isAnswer = role === 'assistant';
  return {
    id,
    role,
    content,
    files: withFiles ? files : [],
    agent: isAnswer ? (run?.agent.name ?? null) : null,
    sources: isAnswer ? (run?.sources ?? message.sources) : [],
    artifacts: isAnswer ? (run?.artifacts ?? []) : [],
    createdAt,
  };
}

function listFiles(messages: SharedMessage[]): string[] {
  const ids = messages.flatMap(({ files, artifacts }) => [
    ...files.map(({ id }) => id),
    ...artifacts.flatMap((artifact) => [
      ...('file' in artifact ? [artifact.file] : []),
      ...(artifact.kind === 'image' && artifact.thumbnail !== null ? [artifact.thumbnail] : []),
    ]),
  ]);
  return [...new Set(ids)];
}
