const linkSchemes = new Set(['http:', 'https:', 'mailto:']);
const ownFile = /^\/api\/files\/[A-Za-z0-9._-]+(?:\?[A-Za-z0-9=&._-]*)?$/;

/** The address if a reader may be sent there from a model's text, else null. */
export function toSafeLink(address: string | undefined): string | null {
  const trimmed = (address ?? '').trim();
  if (trimmed.startsWith('#') || ownFile.test(trimmed)) return trimmed;
  return hasScheme(trimmed, linkSchemes) ? trimmed : null;
}

/** How an image of a model's text is treated: ours is shown, one elsewhere is only linked, anything else is dropped. */
export function toImageSource(
  address: string | undefined,
): { kind: 'own' | 'remote'; address: string } | { kind: 'refused' } {
  const trimmed = (address ?? '').trim();
  if (ownFile.test(trimmed)) return { kind: 'own', address: trimmed };
  if (hasScheme(trimmed, new Set(['http:', 'https:']))) return { kind: 'remote', address: trimmed };
  return { kind: 'refused' };
}

function hasScheme(address: string, schemes: Set<string>): boolean {
  if (!URL.canParse(address)) return false;
  return schemes.has(new URL(address).protocol);
}
