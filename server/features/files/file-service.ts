import type { Readable } from 'node:stream';
import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import type { Attachment } from '#server/contract/attachment.ts';
import type { LentFile } from '#server/contract/lent-file.ts';
import type { StoredFile } from '#server/contract/file.ts';
import { HubError } from '#server/hub-error.ts';
import { decodeText, type DecodedText } from './decode-text.ts';
import { attachmentsTooLarge, fileUnreadable } from './file-errors.ts';
import { detectMediaType } from './detect-media-type.ts';
import { canUse } from './file-policy.ts';
import type { FileRecord, FileRepository } from './file-repository.ts';

/** Where bytes are kept; a folder now, an object store later. */
export type FileBytes = {
  put: (bytes: Readable | Uint8Array, limits: { maximumBytes: number }) => Promise<{ sha256: string; size: number }>;
  open: (sha256: string) => Promise<Readable | null>;
  read: (sha256: string, limits: { maximumBytes: number }) => Promise<Uint8Array | null>;
};

export type NewFile = { name: string; mediaType: string; content: Readable | Uint8Array };

/** An upload, and whether it is refused now where no agent could read it. */
export type UploadedFile = NewFile & { isForRun?: boolean };

type Ports = {
  readPdf: (
    bytes: Uint8Array,
    limits: { name: string; maximumCharacters: number },
  ) => Promise<{ text: string; pages: number; pagesRead: number; cut: boolean }>;
  now: () => Date;
};

export const maximumFileBytes = 25 * 1024 * 1024;
const maximumAttachedBytes = 40 * 1024 * 1024;
const longestAttachedText = 200_000;
/** What tools are given of a text file, which may be more than a model is. */
const longestWholeText = 8_000_000;
const longestName = 200;

/** A person's files: uploads, and what runs made for them. */
export function createFileService({
  repository,
  bytes,
  ports,
}: {
  repository: FileRepository;
  bytes: FileBytes;
  ports: Ports;
}) {
  const notFound = (id: string) =>
    new HubError('not_found', { en: `There is no file "${id}".`, zh: `没有文件“${id}”。` });

  async function store({
    ownerId,
    apiKeyId = null,
    agentIds = [],
    visitId = null,
    isForRun = false,
    ...file
  }: UploadedFile & {
    ownerId: string;
    apiKeyId?: string | null;
    agentIds?: string[];
    visitId?: string | null;
  }): Promise<StoredFile> {
    const { sha256, size } = await bytes.put(file.content, { maximumBytes: maximumFileBytes });
    const head = (await bytes.read(sha256, { maximumBytes: maximumFileBytes })) ?? new Uint8Array();
    const record: FileRecord = {
      id: v7(),
      ownerId,
      apiKeyId,
      agentIds,
      visitId,
      name: toSafeName(file.name),
      mediaType: detectMediaType(head, file.mediaType),
      size,
      sha256,
      createdAt: ports.now(),
    };
    if (isForRun) await toAttachment(record);
    return toStoredFile(await repository.create(record));
  }

  async function find(actor: Actor, id: string): Promise<FileRecord> {
    const file = await repository.find(id);
    if (file === null || !canUse(actor, file)) throw notFound(id);
    return file;
  }

  async function readAll(file: FileRecord): Promise<Uint8Array> {
    const content = await bytes.read(file.sha256, { maximumBytes: maximumFileBytes });
    if (content === null) throw notFound(file.id);
    return content;
  }

  async function readWhole(file: FileRecord) {
    return { name: file.name, mediaType: file.mediaType, bytes: await readAll(file) };
  }

  async function* readPieces(sha256: string, id: string): AsyncGenerator<Uint8Array> {
    const content = await bytes.open(sha256);
    if (content === null) throw notFound(id);
    yield* content as AsyncIterable<Uint8Array>;
  }

  async function toAttachment(file: FileRecord): Promise<Attachment> {
    const content = await readAll(file);
    const { id, name, mediaType } = file;
    if (/^image\/(png|jpeg|webp|gif)$/.test(mediaType)) {
      return { kind: 'image', id, name, mediaType, base64: Buffer.from(content).toString('base64') };
    }
    if (mediaType === 'application/pdf') {
      const { text, pages, pagesRead, cut } = await ports.readPdf(content, {
        name,
        maximumCharacters: longestAttachedText,
      });
      const note = `The file goes on. This is from its first ${pagesRead} of ${pages} pages.`;
      return { kind: 'text', id, name, text: cut ? `${text}\n\n[${note}]` : text };
    }
    const isText = /^(text\/|application\/(json|xml|yaml)$)/.test(mediaType);
    const decoded = isText ? decodeText(content, { maximumBytes: longestWholeText }) : null;
    if (decoded === null) throw fileUnreadable(name, mediaType);
    const text = withNotes(decoded, content);
    if (text === decoded.text) return { kind: 'text', id, name, text };
    return { kind: 'text', id, name, text, whole: { text: decoded.text, isCut: content.length > longestWholeText } };
  }

  return {
    /** Stores an upload of the actor's. @throws {HubError} `payload_too_large`, `unsupported_media_type` */
    upload: (actor: Actor, file: UploadedFile) =>
      store({ ...file, ownerId: actor.userId, apiKeyId: actor.key?.id ?? null }),
    /** Stores what a run of an agent made, for the run's person. */
    storeMade: ({ userId: ownerId, visit }: Actor, agentId: string | null, file: NewFile) =>
      store({
        ...file,
        ownerId,
        agentIds: agentId === null ? [] : [agentId],
        visitId: visit?.conversation ?? null,
      }),
    /** Stores a file that belongs to a person and to no agent's runs. */
    storeOwn: (ownerId: string, file: NewFile) => store({ ...file, ownerId }),
    /** A file and its bytes as a stream. @throws {HubError} `not_found` */
    open: async (actor: Actor, id: string): Promise<{ file: StoredFile; content: Readable }> => {
      const file = await find(actor, id);
      const content = await bytes.open(file.sha256);
      if (content === null) throw notFound(id);
      return { file: toStoredFile(file), content };
    },
    /** A file that the actor may use, for a tool that sends it on; for one of an agent only what its runs were given or made. */
    lend: async (actor: Actor, agentId: string | null, id: string): Promise<LentFile | null> => {
      const file = await repository.find(id);
      if (file === null || !canUse(actor, file)) return null;
      if (agentId !== null && !file.agentIds.includes(agentId)) return null;
      const { name, mediaType, size, sha256 } = file;
      return { name, mediaType, size, open: () => readPieces(sha256, id) };
    },
    /** A person's own file, or null. */
    readOwn: async (ownerId: string, id: string) => {
      const [file] = await repository.list([id], ownerId);
      return file === undefined ? null : readWhole(file);
    },
    /** A file that the actor may use, or null. */
    readUsable: async (actor: Actor, id: string) => {
      const [file] = await repository.list([id], actor.userId);
      return file === undefined || !canUse(actor, file) ? null : readWhole(file);
    },
    /** The actor's files, given to an agent and read for a model: images as they are, text and PDF as text. */
    readAttachments: async (actor: Actor, agentId: string, ids: string[]): Promise<Attachment[]> => {
      const found = new Map((await repository.list(ids, actor.userId)).map((file) => [file.id, file]));
      const files = ids.map((id) => {
        const file = found.get(id);
        if (file === undefined || !canUse(actor, file)) throw notFound(id);
        return file;
      });
      const size = files.reduce((sum, file) => sum + file.size, 0);
      if (size > maximumAttachedBytes) throw attachmentsTooLarge(maximumAttachedBytes);
      const attachments: Attachment[] = [];
      for (const file of files) attachments.push(await toAttachment(file));
      const isNew = files.some(({ agentIds }) => !agentIds.includes(agentId));
      if (isNew) await repository.addAgent(ids, agentId);
      return attachments;
    },
    /** Files of an earlier message, read again; those that were lost since are left out. */
    readEarlierAttachments: async (actor: Actor, ids: string[]): Promise<Attachment[]> => {
      const found = new Map((await repository.list(ids, actor.userId)).map((file) => [file.id, file]));
      const attachments: Attachment[] = [];
      for (const file of ids.flatMap((id) => found.get(id) ?? [])) {
        const attachment = await toAttachment(file).catch(orNullIfNotFound);
        if (attachment !== null) attachments.push(attachment);
      }
      return attachments;
    },
  };
}
export type FileService = ReturnType<typeof createFileService>;

function toStoredFile({ id, name, mediaType, size, sha256, createdAt }: FileRecord): StoredFile {
  return { id, name, mediaType, size, sha256, createdAt: createdAt.toISOString() };
}

function orNullIfNotFound(thrown: unknown): null {
  if (thrown instanceof HubError && thrown.code === 'not_found') return null;
  throw thrown;
}

function withNotes({ text, guess }: DecodedText, content: Uint8Array): string {
  const isCut = text.length > longestAttachedText || content.length > longestWholeText;
  return [
    ...(guess === null ? [] : [`[The file does not say how it is encoded. It was read as ${guess}.]`]),
    text.slice(0, longestAttachedText),
    ...(isCut ? [`[The file goes on. This is its first ${longestAttachedText} characters or fewer.]`] : []),
  ].join('\n\n');
}

function toSafeName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const clean = last.replace(/[\p{Cc}\p{Cf}\p{Cs}"]/gu, '').trim();
  // The end, because it says what kind of file it is; a character that was cut in two is no character.
  return (clean === '' ? 'file' : clean).slice(-longestName).replace(/\p{Cs}/gu, '');
}
