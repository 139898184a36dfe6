const startsWith = (bytes: Uint8Array, signature: number[], offset = 0) =>
  signature.every((byte, index) => bytes[offset + index] === byte);

/** Whether bytes begin as files of an image type do. */
export function isImageOf(bytes: Uint8Array, mediaType: string): boolean {
  if (mediaType === 'image/png') return startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  if (mediaType === 'image/jpeg') return startsWith(bytes, [0xff, 0xd8, 0xff]);
  if (mediaType === 'image/gif') return startsWith(bytes, [0x47, 0x49, 0x46, 0x38]);
  if (mediaType !== 'image/webp') return false;
  return startsWith(bytes, [0x52, 0x49, 0x46, 0x46]) && startsWith(bytes, [0x57, 0x45, 0x42, 0x50], 8);
}
