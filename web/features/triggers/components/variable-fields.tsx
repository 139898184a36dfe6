import { useQuery } from '@tanstack/react-query';
import { useFormContext } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { findTranslation } from '#server/contract/agent-translation.ts';
import { toShownVariables } from '#server/contract/shown-definition.ts';
import { agentVariablesQuery } from '#web/features/triggers/api/trigger-requests.ts';
import type { TriggerFormValues } from '#web/features/triggers/trigger-form-values.ts';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';

const toOptions = (values: string[], labels: string[]) =>
  values.map((value, place) => ({ value, label: labels[place] ?? value }));

/** What the chosen agent asks for before it runs. */
export function VariableFields() {
  const { t, language } = useTranslation('triggers');
  const { register, watch, formState } = useFormContext<TriggerFormValues>();
  const { data } = useQuery(agentVariablesQuery(watch('agent')));
  if (data === undefined) return null;
  const variables = toShownVariables(data.variables, findTranslation(data.translations, language));
  return variables.map(({ name, label, type, required, options, optionLabels, defaultValue }) => {
    const field = {
      label,
      error: formState.errors.variables?.[name]?.message,
      ...(!required && { optional: true }),
      ...register(`variables.${name}`),
      defaultValue,
    };
    if (type !== 'choice')
      return <TextField key={name} inputMode={type === 'number' ? 'decimal' : 'text'} {...field} />;
    const choices = [{ value: '', label: t('field.choose') }, ...toOptions(options, optionLabels)];
    return <SelectField key={name} options={choices} {...field} />;
  });
}
