import { useQuery } from '@tanstack/react-query';
import { useFormContext } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { agentVariablesQuery } from '#web/features/triggers/api/trigger-requests.ts';
import type { TriggerFormValues } from '#web/features/triggers/trigger-form-values.ts';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';

/** What the chosen agent asks for before it runs. */
export function VariableFields() {
  const { t } = useTranslation('triggers');
  const { register, watch, formState } = useFormContext<TriggerFormValues>();
  const { data: variables = [] } = useQuery(agentVariablesQuery(watch('agent')));
  return variables.map(({ name, label, type, required, options, defaultValue }) => {
    const field = {
      label,
      error: formState.errors.variables?.[name]?.message,
      ...(!required && { optional: true }),
      ...register(`variables.${name}`),
      defaultValue,
    };
    if (type !== 'choice')
      return <TextField key={name} inputMode={type === 'number' ? 'decimal' : 'text'} {...field} />;
    const choices = [{ value: '', label: t('field.choose') }, ...options.map((value) => ({ value, label: value }))];
    return <SelectField key={name} options={choices} {...field} />;
  });
}
