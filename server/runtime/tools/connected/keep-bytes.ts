import { v7 } from 'uuid';
import type { Artifact } from '#server/contract/run-event.ts';
import type { StoreFile } from '#server/runtime/tools/tool.ts';

export type KeptBytes = { file: string; size: number; artifact: Artifact };

const shownImages = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif']);
const longestTitle = 120;

/** Keeps bytes that came from elsewhere as a file of the run, which its person is shown. */
export async function keepBytes(
  { title, mediaType, bytes }: { title: string; mediaType: string; bytes: Uint8Array },
  storeFile: StoreFile,
): Promise<KeptBytes> {
  const { id: file, size } = await storeFile({ name: toFileName(title, mediaType), mediaType, bytes });
  const base = { id: v7(), title: title.slice(0, longestTitle), file, mediaType };
  const artifact: Artifact = shownImages.has(mediaType)
    ? { kind: 'image', ...base, thumbnail: null, width: null, height: null }
    : { kind: 'file', ...base, size, table: null };
  return { file, size, artifact };
}

function toFileName(title: string, mediaType: string): string {
  const ending = /^[a-z]+\/([a-z0-9]{1,8})$/.exec(mediaType)?.[1] ?? 'bin';
  const stem = title.split(/[/\\?#]/).findLast((part) => part !== '') ?? 'result';
  return `${stem.replace(/[^\p{L}\p{N}._-]/gu, '-').slice(0, 60) || 'result'}.${ending}`;
}
