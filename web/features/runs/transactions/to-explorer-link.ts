import { toSafeLink } from '#web/features/runs/markdown/safe-address.ts';

/** A page of a chain's explorer; null where the chain has none, as the hub's own. */
export function toExplorerLink(explorerUrl: string, path: string): string | null {
  const link = toSafeLink(`${explorerUrl}${path}`);
  return link === null || !/^https?:/.test(link) || new URL(link).hostname.endsWith('.invalid') ? null : link;
}
