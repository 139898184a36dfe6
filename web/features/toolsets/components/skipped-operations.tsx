import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Toolset } from '#server/contract/toolset.ts';
import { useLocalized } from '#web/lib/use-localized.ts';
import { Card } from '#web/ui/card.tsx';

/** What the service has that could not be made into tools, and why. */
export function SkippedOperations({ skipped }: { skipped: Toolset['skipped'] }) {
  const { t } = useTranslation('toolsets');
  const localize = useLocalized();
  return (
    <Card>
      <details>
        <summary className="w-fit rounded-sm font-semibold">{t('skipped.title', { count: skipped.length })}</summary>
        <p className="mt-1 text-sm text-ink-soft">{t('skipped.text')}</p>
        <dl className="mt-3 grid gap-3 text-sm">
          {skipped.map(({ operation, reason, words }) => (
            <div key={operation} className="min-w-0">
              <dt className="font-mono text-xs wrap-anywhere">{operation}</dt>
              <dd className="text-ink-soft wrap-anywhere">{words === undefined ? reason : localize(words)}</dd>
            </div>
          ))}
        </dl>
      </details>
    </Card>
  );
}
