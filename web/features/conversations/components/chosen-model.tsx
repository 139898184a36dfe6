import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';

/** Says which model answers the next messages in place of the agent's own. */
export function ChosenModel({ model, onDrop }: { model: string; onDrop: () => void }) {
  const { t } = useTranslation('conversations');
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 text-sm text-ink-soft">
      <p role="status" className="min-w-0 wrap-anywhere">
        {t('model.chosen', { model })}
      </p>
      <Button size="small" variant="quiet" onClick={onDrop}>
        {t('model.own')}
      </Button>
    </div>
  );
}
