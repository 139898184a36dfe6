import { Trash2 } from 'lucide-react';
import { useFormContext, useFormState, useWatch } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import { CheckboxField } from '#web/ui/checkbox-field.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { StringListField } from './string-list-field.tsx';

const types = ['text', 'number', 'choice'] as const;

/** One value that is asked for before the chat. */
export function VariableEditor({ index, onRemove }: { index: number; onRemove: () => void }) {
  const { t } = useTranslation('agents');
  const { register, control } = useFormContext<AgentDefinition>();
  const { errors } = useFormState({ control, name: 'variables' });
  const wrong = errors.variables?.[index];
  const type = useWatch({ control, name: `variables.${index}.type` });
  const label = useWatch({ control, name: `variables.${index}.label` });
  return (
    <div role="group" aria-label={label} className="grid gap-3 rounded-md border border-line bg-raised p-3">
      <div className="flex items-center justify-between gap-2">
        <h3 className="min-w-0 truncate text-sm font-semibold">{label}</h3>
        <IconButton size="small" label={t('list.remove', { item: label })} icon={<Trash2 />} onClick={onRemove} />
      </div>
      <div className="grid gap-3 sm:grid-cols-[1fr_1fr_10rem]">
        <TextField
          label={t('variables.label')}
          error={wrong?.label?.message}
          {...register(`variables.${index}.label`)}
        />
        <TextField
          label={t('variables.name')}
          error={wrong?.name?.message}
          autoCapitalize="none"
          spellCheck={false}
          {...register(`variables.${index}.name`)}
        />
        <SelectField
          label={t('variables.type')}
          options={types.map((value) => ({ value, label: t(`variables.types.${value}`) }))}
          {...register(`variables.${index}.type`)}
        />
      </div>
      {type === 'choice' && (
        <StringListField
          name={`variables.${index}.options`}
          label={t('variables.options')}
          itemLabel={t('variables.option')}
          addLabel={t('variables.addOption')}
          maximum={50}
        />
      )}
      <div className="grid items-end gap-3 sm:grid-cols-2">
        <TextField
          label={t('variables.defaultValue')}
          optional
          error={wrong?.defaultValue?.message}
          {...register(`variables.${index}.defaultValue`)}
        />
        <CheckboxField
          className="sm:pb-2.5"
          label={t('variables.required')}
          {...register(`variables.${index}.required`)}
        />
      </div>
    </div>
  );
}
