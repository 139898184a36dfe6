import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { MonthlyBudget } from '#server/contract/budget.ts';
import { budgetsKey } from '#web/features/usage/api/budgets.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { toNumber } from '#web/lib/to-number.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { Form } from '#web/ui/form.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { showToast } from '#web/ui/toast-store.ts';

type BudgetFormProps = {
  budget: MonthlyBudget;
  send: (budget: MonthlyBudget) => Promise<unknown>;
  onDone?: () => unknown;
  /** The hub's budget holds instead of one's own: there is nothing to write. */
  disabled?: boolean;
  children?: ReactNode;
};

/** What may be spent in a month. */
export function BudgetForm({ budget, send, onDone, disabled = false, children }: BudgetFormProps) {
  const { t } = useTranslation('usage');
  const cache = useQueryClient();
  const form = useForm({ resolver: formResolver(MonthlyBudget), defaultValues: budget });
  const { submit, busy, error } = useSubmit(form, {
    send,
    onDone: async () => {
      showToast({ title: t('budget.saved'), tone: 'success' });
      await cache.invalidateQueries({ queryKey: budgetsKey });
      await onDone?.();
    },
  });
  const { errors } = form.formState;
  return (
    <Form onSubmit={submit} error={error}>
      {children}
      {!disabled && (
        <>
          <div className="field-row sm:grid-cols-2">
            <TextField
              label={t('common:budget.tokensAMonth')}
              inputMode="numeric"
              autoComplete="off"
              optional
              {...form.register('maximumTokens', { setValueAs: toNumber })}
              error={errors.maximumTokens?.message}
            />
            <TextField
              label={t('common:budget.usdAMonth')}
              inputMode="decimal"
              autoComplete="off"
              optional
              {...form.register('maximumUsd', { setValueAs: toNumber })}
              error={errors.maximumUsd?.message}
            />
          </div>
          <p className="text-sm text-ink-faint">{t('common:budget.hint')}</p>
        </>
      )}
      <Button type="submit" variant="primary" busy={busy} className="justify-self-end">
        {t('common:action.save')}
      </Button>
    </Form>
  );
}
