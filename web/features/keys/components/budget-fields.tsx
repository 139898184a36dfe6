import type { UseFormRegisterReturn } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { FieldGroup } from '#web/ui/field-group.tsx';
import { TextField } from '#web/ui/text-field.tsx';

type FieldError = { message?: string | undefined };
type BudgetFieldsProps = {
  tokens: UseFormRegisterReturn;
  usd: UseFormRegisterReturn;
  errors: { maximumTokens?: FieldError | undefined; maximumUsd?: FieldError | undefined } | undefined;
};

/** What a key may spend in a month. */
export function BudgetFields({ tokens, usd, errors }: BudgetFieldsProps) {
  const { t } = useTranslation('keys');
  return (
    <FieldGroup label={t('budget.legend')} hint={t('common:budget.hint')}>
      <div className="field-row sm:grid-cols-2">
        <TextField
          label={t('common:budget.tokensAMonth')}
          inputMode="numeric"
          autoComplete="off"
          optional
          {...tokens}
          error={errors?.maximumTokens?.message}
        />
        <TextField
          label={t('common:budget.usdAMonth')}
          inputMode="decimal"
          autoComplete="off"
          optional
          {...usd}
          error={errors?.maximumUsd?.message}
        />
      </div>
    </FieldGroup>
  );
}
