import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Agent } from '#server/contract/agent.ts';
import type { StoredEval } from '#server/contract/eval.ts';
import { evalsKey } from '#web/features/evals/api/eval-requests.ts';
import type { EvalFormValues } from '#web/features/evals/eval-form-values.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { showToast } from '#web/ui/toast-store.ts';
import { EvalForm } from './eval-form.tsx';

type EvalDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  agent: Agent;
  /** Null for a new one. */
  stored: StoredEval | null;
  values: EvalFormValues;
};

/** Writes a new test, or changes one. */
export function EvalDialog({ open, onOpenChange, agent, stored, values }: EvalDialogProps) {
  const { t } = useTranslation('evals');
  const cache = useQueryClient();
  const onDone = ({ test }: StoredEval) => {
    void cache.invalidateQueries({ queryKey: evalsKey(agent.id) });
    showToast({ title: t('form.saved', { name: test.name }), tone: 'success' });
    onOpenChange(false);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="large"
      title={stored === null ? t('form.title') : t('form.editTitle', { name: stored.test.name })}
      description={t('form.text')}
    >
      <EvalForm agent={agent.id} definition={agent.definition} stored={stored} values={values} onDone={onDone} />
    </Dialog>
  );
}
