import { useForm } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { type CreatedApiKey, CreateApiKeyInput, Scope } from '#server/contract/api-key.ts';
import { type MonthlyBudget, noBudget } from '#server/contract/budget.ts';
import { createKey } from '#web/features/keys/api/create-key.ts';
import { expiries, type Expiry, toExpiresAt } from '#web/features/keys/expiry.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { toNumber } from '#web/lib/to-number.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { CheckboxField } from '#web/ui/checkbox-field.tsx';
import { FieldGroup } from '#web/ui/field-group.tsx';
import { Form } from '#web/ui/form.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { BudgetFields } from './budget-fields.tsx';
import { AgentChoices } from './agent-choices.tsx';
import { toScopeKey } from './key-card.tsx';

type KeyFormValues = { name: string; scopes: Scope[]; agents: string[]; expiry: Expiry; budget: MonthlyBudget };

const toInput = ({ expiry, ...rest }: KeyFormValues) => ({ ...rest, expiresAt: toExpiresAt(expiry) });

type NewKeyFormProps = { onDone: (created: CreatedApiKey) => void; canAdminister: boolean };

/** What a new key is called, may do, reaches, and how long it lives. */
export function NewKeyForm({ onDone, canAdminister }: NewKeyFormProps) {
  const { t } = useTranslation('keys');
  const form = useForm({
    resolver: formResolver(CreateApiKeyInput, toInput),
    defaultValues: {
      name: '',
      scopes: ['agents:read', 'runs:write'],
      agents: [],
      expiry: '90',
      budget: noBudget,
    } as KeyFormValues,
  });
  const { submit, busy, error } = useSubmit(form, { send: createKey, onDone });
  const { errors } = form.formState;
  const scopes = Scope.options.filter((scope) => canAdminister || scope !== 'admin');

  return (
    <Form
      onSubmit={submit}
      error={error}
      actions={
        <Button type="submit" variant="primary" busy={busy}>
          {t('new.submit')}
        </Button>
      }
    >
      <TextField
        label={t('field.name')}
        hint={t('field.nameHint')}
        {...form.register('name')}
        error={errors.name?.message}
      />
      <FieldGroup label={t('field.scopes')} error={errors.scopes?.message}>
        {scopes.map((scope) => (
          <CheckboxField
            key={scope}
            label={t(`scope.${toScopeKey(scope)}.name`)}
            hint={t(`scope.${toScopeKey(scope)}.hint`)}
            value={scope}
            {...form.register('scopes')}
          />
        ))}
      </FieldGroup>
      <AgentChoices register={form.register('agents')} error={errors.agents?.message} />
      <SelectField
        label={t('field.expiry')}
        options={expiries.map((expiry) => ({ value: expiry, label: t(`expiry.${expiry}`) }))}
        {...form.register('expiry')}
      />
      <BudgetFields
        tokens={form.register('budget.maximumTokens', { setValueAs: toNumber })}
        usd={form.register('budget.maximumUsd', { setValueAs: toNumber })}
        errors={errors.budget}
      />
    </Form>
  );
}
