import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Source } from '#server/contract/run-event.ts';
import { toSafeLink } from '#web/features/runs/markdown/safe-address.ts';

/** What an answer rests on, with the numbers that its marks link to. */
export default function SourceList({ sources, prefix }: { sources: Source[]; prefix: string }) {
  const { t } = useTranslation('runs');
  return (
    <section aria-label={t('source.list')} className="rounded-md border border-line bg-surface p-3 text-sm">
      <h3 className="mb-2 text-xs font-semibold text-ink-faint">{t('source.list')}</h3>
      <ol className="grid grid-cols-1 gap-2">
        {sources.map((source) => (
          <li
            key={source.number}
            id={`${prefix}${source.number}`}
            tabIndex={-1}
            className="flex scroll-mt-20 gap-2 target:bg-accent-soft"
          >
            <span className="min-w-6 text-right text-ink-faint tabular-nums">{source.number}.</span>
            <div className="min-w-0 break-words">
              <SourceTitle source={source} />
              {source.excerpt && <p className="line-clamp-4 text-ink-soft">{source.excerpt}</p>}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function SourceTitle({ source }: { source: Source }) {
  const address = source.url === null ? null : toSafeLink(source.url);
  if (address === null) return <span className="font-medium">{source.title}</span>;
  return (
    <>
      <a href={address} target="_blank" rel="noopener noreferrer nofollow" className="text-link font-medium">
        {source.title || address}
      </a>
      {URL.canParse(address) && <span className="ml-2 text-xs text-ink-faint">{new URL(address).host}</span>}
    </>
  );
}
