import { useEffect } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Draft } from '#web/features/agents/use-draft.ts';
import { useLeaveGuard } from '#web/lib/page-router.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';

/** Keeps a person from leaving with unsaved text: tries to save it first, and asks when that does not work. */
export function LeaveGuard({ draft }: { draft: Draft }) {
  const { t } = useTranslation('agents');
  const { saver, saveState } = draft;
  const isSettled = saveState.kind === 'saved';
  const { goOn, stay } = useLeaveGuard(() => saver.hasUnsaved());

  useEffect(() => {
    if (isSettled) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isSettled]);

  useEffect(() => {
    if (goOn === null) return;
    void saver.flush().then(() => {
      if (!saver.hasUnsaved()) goOn();
    });
  }, [goOn, saver]);

  const mustAsk = goOn !== null && saveState.kind !== 'saving' && saveState.kind !== 'changed' && !isSettled;
  return (
    <ConfirmDialog
      open={mustAsk}
      onOpenChange={(open) => !open && stay()}
      title={t('leave.title')}
      description={t('leave.text')}
      confirmLabel={t('leave.confirm')}
      onConfirm={() => goOn?.()}
    />
  );
}
