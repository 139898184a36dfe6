/** Where the bytes of a stored file are. */
export function toFileAddress(file: string): string {
  return `/api/files/${encodeURIComponent(file)}`;
}
