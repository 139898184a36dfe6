import type { ReactNode } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { ScrollRegion } from '#web/ui/scroll-region.tsx';

/** A table that scrolls sideways by itself, so that the page does not. */
export function MarkdownTable({ children }: { children?: ReactNode }) {
  const { t } = useTranslation('runs');
  return (
    <ScrollRegion label={t('table')} className="markdown-table">
      <table>{children}</table>
    </ScrollRegion>
  );
}
