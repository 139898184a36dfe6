import { RotateCw } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { isUnderWay, type RunView } from '#web/features/runs/run-view.ts';

/** How a run ended, where that is not simply well: failed, stopped, cut short; what came before it stays. */
export function RunOutcome({ view, onRetry }: { view: RunView; onRetry: (() => void) | undefined }) {
  const { t } = useTranslation('runs');
  if (isUnderWay(view)) return null;
  const isPartial = view.text !== '';
  if (view.status === 'cancelled') return <Mark text={t(isPartial ? 'outcome.stoppedPartial' : 'outcome.stopped')} />;
  if (view.error && view.status !== 'completed') {
    return (
      <div className="grid gap-2">
        {isPartial && <Mark text={t('outcome.partial')} />}
        <ErrorPanel error={view.error} onRetry={onRetry} />
      </div>
    );
  }
  if (view.status === 'interrupted') {
    return (
      <Notice
        tone="warning"
        title={t('outcome.interrupted')}
        actions={
          onRetry && (
            <Button size="small" icon={<RotateCw aria-hidden />} onClick={onRetry}>
              {t('common:action.retry')}
            </Button>
          )
        }
      >
        {t('outcome.interruptedAdvice')}
      </Notice>
    );
  }
  if (view.finishReason === 'length') return <Mark text={t('outcome.length')} />;
  if (view.finishReason === 'steps') return <Mark text={t('outcome.steps')} />;
  if (view.finishReason === 'content_filter') return <Mark text={t('outcome.filter')} />;
  if (view.status === 'failed') return <Mark text={t('outcome.failed')} />;
  return null;
}

function Mark({ text }: { text: string }) {
  return <p className="border-l-2 border-warning pl-3 text-sm text-ink-soft">{text}</p>;
}
