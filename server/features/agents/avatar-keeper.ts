import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '#server/contract/actor.ts';
import type { Avatar } from '#server/contract/agent-definition.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { definitionInvalid } from './agent-errors.ts';
import { findSvgProblem } from './check-svg.ts';
import { isImageOf } from './image-signature.ts';

export type AvatarFile = { name: string; mediaType: string; bytes: Uint8Array };

/** The hub's file store, as far as avatars need it. */
export type AvatarFiles = {
  /** Read with the rights of the person that the agent belongs to. */
  readFile: (ownerId: string, fileId: string) => Promise<AvatarFile | null>;
  /** Read with the rights of whoever puts it into a draft. */
  readUsableFile: (actor: Actor, fileId: string) => Promise<AvatarFile | null>;
  storeFile: (ownerId: string, file: AvatarFile) => Promise<{ id: string }>;
};

const shippedPrefix = 'shipped/';
const imageTypes = new Map([
  ['image/png', 'png'],
  ['image/jpeg', 'jpg'],
  ['image/webp', 'webp'],
  ['image/gif', 'gif'],
  ['image/svg+xml', 'svg'],
]);

export const toShippedAvatar = (slug: string): Avatar => ({ kind: 'file', file: `${shippedPrefix}${slug}` });
export const toAvatarExtension = (mediaType: string) => imageTypes.get(mediaType) ?? null;
export const toAvatarMediaType = (extension: string) =>
  [...imageTypes].find(([, known]) => known === extension)?.[0] ?? null;

const maximumAvatarBytes = 512 * 1024;

/** What makes a file unfit as an avatar, or null. */
export function findAvatarProblem({ mediaType, bytes }: AvatarFile): LocalizedText | null {
  if (bytes.length > maximumAvatarBytes) {
    const most = maximumAvatarBytes / 1024;
    return { en: `An avatar may have ${most} kB at most.`, zh: `头像最大 ${most} kB。` };
  }
  if (mediaType === 'image/svg+xml') return findSvgProblem(new TextDecoder().decode(bytes));
  return isImageOf(bytes, mediaType)
    ? null
    : { en: `The file is not an image of the type ${mediaType}.`, zh: `该文件不是 ${mediaType} 类型的图片。` };
}

const notYours = { en: 'This is not an image file of yours.', zh: '这不是您的图片文件。' };

/**
 * Avatars that are files: a person's own, or one that came with a shipped package (`shipped/<slug>`).
 *
 * An agent shows only a file of its own owner, so that nobody publishes another's file under the name of an avatar.
 */
export function createAvatarKeeper({
  files,
  readShippedAvatar,
  findPicture,
}: {
  files: AvatarFiles;
  readShippedAvatar: (slug: string) => AvatarFile | null;
  /** A shipped avatar in the form in which it is shown. */
  findPicture: (avatar: AvatarFile) => Promise<AvatarFile>;
}) {
  async function readWith(
    avatar: Avatar,
    readFile: (fileId: string) => Promise<AvatarFile | null>,
  ): Promise<AvatarFile | null> {
    if (avatar.kind === 'drawn') return null;
    if (avatar.file.startsWith(shippedPrefix)) return readShippedAvatar(avatar.file.slice(shippedPrefix.length));
    const file = await readFile(avatar.file);
    return file !== null && imageTypes.has(file.mediaType) ? file : null;
  }

  const read = (ownerId: string | null, avatar: Avatar) =>
    readWith(avatar, async (fileId) => (ownerId === null ? null : files.readFile(ownerId, fileId)));

  return {
    read,

    /** As `read`, in the form in which it is shown. */
    async show(ownerId: string | null, avatar: Avatar): Promise<AvatarFile | null> {
      const file = await read(ownerId, avatar);
      const isShipped = avatar.kind === 'file' && avatar.file.startsWith(shippedPrefix);
      return file !== null && isShipped ? findPicture(file) : file;
    },

    /**
     * Checks an avatar that is to take the place of another one.
     *
     * @throws {HubError} `validation_failed`, if it is not an image that the actor may use, or not a harmless one.
     */
    async check(actor: Actor, avatar: Avatar, former: Avatar | null = null): Promise<void> {
      if (avatar.kind === 'drawn' || isDeepStrictEqual(avatar, former)) return;
      const file = await readWith(avatar, (fileId) => files.readUsableFile(actor, fileId));
      const message = file === null ? notYours : findAvatarProblem(file);
      if (message !== null) throw definitionInvalid([{ path: 'identity.avatar.file', message }]);
    },

    /** The same avatar for a copy that belongs to someone else. */
    async copy(from: string | null, to: string, avatar: Avatar): Promise<Avatar | null> {
      if (avatar.kind === 'drawn' || from === to || avatar.file.startsWith(shippedPrefix)) return avatar;
      const file = await read(from, avatar);
      return file === null ? null : { kind: 'file', file: (await files.storeFile(to, file)).id };
    },

    async store(ownerId: string, file: AvatarFile): Promise<Avatar> {
      return { kind: 'file', file: (await files.storeFile(ownerId, file)).id };
    },
  };
}
export type AvatarKeeper = ReturnType<typeof createAvatarKeeper>;
