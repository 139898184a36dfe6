import { toSafeLink } from '#web/features/runs/markdown/safe-address.ts';

/** A page of a chain's explorer; null where the chain has none, as the hub's own. */
export function toExplorerLink(explorerUrl: string, path: string): string | null {
  const link = toSafeLink(`${explorerUrl}${path}`);
  if (link === null || !link.startsWith('https://') || new URL(link).hostname.endsWith('.invalid')) return null;
  return link;
}
