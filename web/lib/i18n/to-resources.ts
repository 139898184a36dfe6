/** Names each file's texts by its room: `/features/keys/locales/en.json` is the namespace `keys`, `lib/i18n` is `common`. */
export function toResources<Texts>(files: Record<string, Texts>): Record<string, Texts> {
  return Object.fromEntries(Object.entries(files).map(([path, texts]) => [toNamespace(path), texts]));
}

function toNamespace(path: string): string {
  const room = path.split('/').at(-3) ?? '';
  return room === 'i18n' ? 'common' : room;
}
