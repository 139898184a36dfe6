import type { ReactNode } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { toSafeLink } from './safe-address.ts';

/** A link of a model's text: only where a reader may be sent, and without telling the other side who sent them. */
export function MarkdownLink({ address, children }: { address: string | undefined; children?: ReactNode }) {
  const { t } = useTranslation('runs');
  const safe = toSafeLink(address);
  if (safe === null) return <span>{children}</span>;
  if (safe.startsWith('#source-')) {
    return (
      <a href={safe} aria-label={t('source.mark', { number: safe.split('-').at(-1) })} className="source-mark">
        {children}
      </a>
    );
  }
  if (safe.startsWith('#')) return <a href={safe}>{children}</a>;
  return (
    <a href={safe} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}
