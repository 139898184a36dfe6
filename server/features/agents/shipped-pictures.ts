import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { AvatarFile } from './avatar-keeper.ts';

/** Named after what was drawn: an avatar that has changed since is shown as it is. */
export const toPictureName = (svg: Uint8Array) => `${createHash('sha256').update(svg).digest('hex').slice(0, 16)}.webp`;

/** Avatars of shipped packages as the build drew them, which a page shows with less work; where it drew none, as they are. */
export function createShippedPictures({ folder }: { folder: URL }) {
  const known = new Map<string, Promise<Uint8Array | null>>();
  return async (avatar: AvatarFile): Promise<AvatarFile> => {
    const name = toPictureName(avatar.bytes);
    const reading = known.get(name) ?? readFile(new URL(name, folder)).catch(() => null);
    known.set(name, reading);
    const bytes = await reading;
    return bytes === null ? avatar : { name, mediaType: 'image/webp', bytes };
  };
}
