import { ChevronRight } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { HandOverView } from '#web/features/runs/run-view.ts';
import { useShownName } from '#web/lib/use-shown-name.ts';

/** Says that another agent took over, and opens to what it was told. */
export default function HandOverLine({ handOver: { from, agent, brief } }: { handOver: HandOverView }) {
  const { t } = useTranslation('remarks');
  const toName = useShownName();
  return (
    <details className="group text-sm text-ink-soft">
      <summary className="flex w-fit list-none items-center gap-1.5 rounded-sm py-1 hover:text-ink">
        <ChevronRight aria-hidden className="size-4 shrink-0 transition-transform group-open:rotate-90" />
        {t('handOver.done', { from, to: toName(agent) })}
      </summary>
      <p className="mt-1 ml-2 border-l-2 border-line pl-4 break-words whitespace-pre-wrap">{brief}</p>
    </details>
  );
}
