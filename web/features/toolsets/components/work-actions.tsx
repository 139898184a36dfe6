import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { Progress } from '#web/ui/progress.tsx';

type WorkActionsProps = {
  busy: boolean;
  /** What is under way, in words. */
  doing: string;
  submitLabel: string;
  onCancel: () => void;
  onBack?: (() => void) | undefined;
};

/** The end of a form whose sending takes a while: send, then how it goes and a way to stop it. */
export function WorkActions({ busy, doing, submitLabel, onCancel, onBack }: WorkActionsProps) {
  const { t } = useTranslation('common');
  return (
    <>
      <div
        role="status"
        className="mr-auto grid min-w-40 flex-1 content-center gap-1 text-sm text-ink-soft empty:hidden"
      >
        {busy && (
          <>
            {doing}
            <Progress label={doing} />
          </>
        )}
      </div>
      {busy && <Button onClick={onCancel}>{t('action.cancel')}</Button>}
      {!busy && onBack && (
        <Button variant="quiet" onClick={onBack}>
          {t('action.back')}
        </Button>
      )}
      <Button type="submit" variant="primary" busy={busy}>
        {submitLabel}
      </Button>
    </>
  );
}
