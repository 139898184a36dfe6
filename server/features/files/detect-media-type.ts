import { isReadableText } from './decode-text.ts';

const judgedBytes = 8192;
const signatures: readonly [mediaType: string, bytes: readonly (number | null)[]][] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
  ['image/webp', [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50]],
  ['application/pdf', [0x25, 0x50, 0x44, 0x46]],
];

const believedTexts = ['text/markdown', 'text/csv', 'text/tab-separated-values', 'application/json', 'image/svg+xml'];

/**
 * What a file is, by its first bytes; for text by what was said of it, as far as that is harmless. Never `text/html`.
 */
export function detectMediaType(bytes: Uint8Array, said: string): string {
  for (const [mediaType, signature] of signatures) {
    if (signature.every((byte, place) => byte === null || bytes[place] === byte)) return mediaType;
  }
  if (!isReadableText(bytes.subarray(0, judgedBytes))) return 'application/octet-stream';
  const bare = said.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return believedTexts.includes(bare) ? bare : 'text/plain';
}
