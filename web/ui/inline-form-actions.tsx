import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from './button.tsx';

type InlineFormActionsProps = { busy: boolean; submitLabel?: string; onCancel: () => void };

/** The end of a small form that stands within a page: send, or leave it as it was. */
export function InlineFormActions({ busy, submitLabel, onCancel }: InlineFormActionsProps) {
  const { t } = useTranslation('common');
  return (
    <div className="flex flex-wrap gap-2">
      <Button type="submit" variant="primary" size="small" busy={busy}>
        {submitLabel ?? t('action.save')}
      </Button>
      <Button size="small" variant="quiet" onClick={onCancel}>
        {t('action.cancel')}
      </Button>
    </div>
  );
}
