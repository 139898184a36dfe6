import { useForm } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { type ApiKey, UpdateApiKeyInput } from '#server/contract/api-key.ts';
import { updateKey } from '#web/features/keys/api/update-key.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { toNumber } from '#web/lib/to-number.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { showToast } from '#web/ui/toast-store.ts';
import { BudgetFields } from './budget-fields.tsx';

type KeyBudgetDialogProps = { open: boolean; apiKey: ApiKey; onClose: () => void; onChanged: () => unknown };

/** Changes what a key may spend in a month. */
export function KeyBudgetDialog({ open, apiKey, onClose, onChanged }: KeyBudgetDialogProps) {
  const { t } = useTranslation('keys');
  const form = useForm({ resolver: formResolver(UpdateApiKeyInput), defaultValues: { budget: apiKey.budget } });
  const { submit, busy, error } = useSubmit(form, {
    send: (input) => updateKey(apiKey.id, input),
    onDone: async () => {
      showToast({ title: t('budget.done', { name: apiKey.name }), tone: 'success' });
      await onChanged();
      onClose();
    },
  });
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={t('budget.title', { name: apiKey.name })}
      description={t('budget.text')}
    >
      <Form onSubmit={submit} error={error}>
        <BudgetFields
          tokens={form.register('budget.maximumTokens', { setValueAs: toNumber })}
          usd={form.register('budget.maximumUsd', { setValueAs: toNumber })}
          errors={form.formState.errors.budget}
        />
        <Button type="submit" variant="primary" busy={busy} className="justify-self-end">
          {t('common:action.save')}
        </Button>
      </Form>
    </Dialog>
  );
}
