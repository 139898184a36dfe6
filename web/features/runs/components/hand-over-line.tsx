import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { HandOverView } from '#web/features/runs/run-view.ts';

/** Says that another agent took over, and opens to what it was told. */
export function HandOverLine({ handOver: { from, agent, brief } }: { handOver: HandOverView }) {
  const { t } = useTranslation('runs');
  return (
    <details className="text-sm text-ink-soft">
      <summary className="w-fit rounded-sm py-1 hover:text-ink">{t('handOver.done', { from, to: agent.name })}</summary>
      <p className="pb-1 pl-4 break-words whitespace-pre-wrap">{brief}</p>
    </details>
  );
}
