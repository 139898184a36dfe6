import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link } from 'react-router';
import type { Toolset } from '#server/contract/toolset.ts';
import { useFormat } from '#web/lib/format.ts';
import { useLocalized } from '#web/lib/use-localized.ts';
import { Badge } from '#web/ui/badge.tsx';

/** One toolset: where it comes from, how many of its tools agents may use, and what is wrong with it. */
export function ToolsetCard({ toolset, address }: { toolset: Toolset; address: string }) {
  const { t } = useTranslation('toolsets');
  const format = useFormat();
  const { name, kind, description, needsSignIn, problemWords, toolCount, enabledCount, loadedAt } = toolset;
  const localize = useLocalized();
  return (
    <li className="relative grid gap-3 rounded-lg border border-line bg-surface p-5 shadow-low hover:border-line-strong">
      <div className="grid min-w-0 gap-1">
        <div className="flex flex-wrap items-center gap-2">
          <h2 className="text-lg font-semibold wrap-anywhere">
            <Link to={address} className="text-ink no-underline after:absolute after:inset-0 after:rounded-lg">
              {name}
            </Link>
          </h2>
          <Badge tone="accent">{t(`kind.${kind}`)}</Badge>
          {needsSignIn && <Badge tone="warning">{t('state.needsSignIn')}</Badge>}
          {problemWords !== null && <Badge tone="danger">{t('state.problem')}</Badge>}
        </div>
        {description !== '' && <p className="line-clamp-2 text-sm text-ink-soft wrap-anywhere">{description}</p>}
        {problemWords !== null && (
          <p className="line-clamp-2 text-sm text-danger wrap-anywhere">{localize(problemWords)}</p>
        )}
      </div>
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-faint tabular-nums">
        <span>
          {t('state.counts', {
            enabled: format.number(enabledCount),
            tools: format.number(toolCount),
            count: toolCount,
          })}
        </span>
        <span>{loadedAt === null ? t('state.neverLoaded') : t('state.loaded', { time: format.ago(loadedAt) })}</span>
      </p>
    </li>
  );
}
