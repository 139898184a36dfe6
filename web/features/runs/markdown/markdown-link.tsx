import type { ReactNode } from 'react';
import { toSafeLink } from './safe-address.ts';

/** A link of a model's text: only where a reader may be sent, and without telling the other side who sent them. */
export function MarkdownLink({ address, children }: { address: string | undefined; children?: ReactNode }) {
  const safe = toSafeLink(address);
  if (safe === null) return <span>{children}</span>;
  if (safe.startsWith('#')) return <a href={safe}>{children}</a>;
  return (
    <a href={safe} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}
