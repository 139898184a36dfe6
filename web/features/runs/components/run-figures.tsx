import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { RunView } from '#web/features/runs/run-view.ts';
import { useFormat } from '#web/lib/format.ts';

/** What an answer took: model, time, tokens, cost; an unknown cost is said to be unknown. */
export function RunFigures({ view }: { view: RunView }) {
  const { t } = useTranslation('runs');
  const format = useFormat();
  const tokens = view.usage.inputTokens + view.usage.outputTokens;
  const { filled } = view;
  const lastedMs = view.startedAt && view.endedAt ? Date.parse(view.endedAt) - Date.parse(view.startedAt) : null;
  const parts = [
    view.model,
    lastedMs === null ? null : format.duration(lastedMs),
    tokens === 0 ? null : t('figures.tokens', { count: tokens, tokens: format.number(tokens) }),
    filled && t('figures.window', { share: format.share(filled.tokens / filled.window) }),
    tokens === 0 ? null : view.costUsd === null ? t('figures.costUnknown') : format.usd(view.costUsd),
  ];
  return <p className="min-w-0 truncate text-xs text-ink-faint sm:ml-auto">{parts.filter(Boolean).join(' · ')}</p>;
}
