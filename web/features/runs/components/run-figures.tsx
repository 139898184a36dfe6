import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { RunView } from '#web/features/runs/run-view.ts';
import { classNames } from '#web/lib/class-names.ts';
import { useFormat } from '#web/lib/format.ts';

type RunFiguresProps = {
  view: RunView;
  /** Also tells what came in and went out, and how long the first token took; for who builds the agent. */
  isDetailed?: boolean;
};

/** What an answer took: model, time, tokens, cost; an unknown cost is said to be unknown, a partly known one to be at least that. */
export function RunFigures({ view, isDetailed = false }: RunFiguresProps) {
  const { t } = useTranslation('runs');
  const format = useFormat();
  const { filled, firstTokenMs, usage } = view;
  const cost = view.costUsd === null ? t('figures.costUnknown') : format.usd(view.costUsd);
  const tokens = usage.inputTokens + usage.outputTokens;
  const lastedMs = view.startedAt && view.endedAt ? Date.parse(view.endedAt) - Date.parse(view.startedAt) : null;
  const parts = [
    view.model,
    lastedMs === null ? null : format.duration(lastedMs),
    isDetailed &&
      firstTokenMs !== null &&
      t('figures.firstToken', {
        duration: firstTokenMs < 1000 ? format.milliseconds(firstTokenMs) : format.duration(firstTokenMs),
      }),
    tokens === 0
      ? null
      : isDetailed
        ? t('figures.inAndOut', { input: format.number(usage.inputTokens), output: format.number(usage.outputTokens) })
        : t('figures.tokens', { count: tokens, tokens: format.number(tokens) }),
    filled && t('figures.window', { share: format.share(filled.tokens / filled.window) }),
    tokens > 0 && (view.costIsPartial ? '≥ ' : '') + cost,
  ];
  return (
    <p
      className={classNames(
        'min-w-0 text-xs text-ink-faint',
        isDetailed ? 'w-full wrap-anywhere' : 'truncate sm:ml-auto',
      )}
    >
      {parts.filter(Boolean).join(' · ')}
    </p>
  );
}
