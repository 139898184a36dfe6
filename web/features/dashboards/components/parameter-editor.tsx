import { Plus, Trash2 } from 'lucide-react';
import { SqlParameter } from '#server/contract/sql.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { removeInPlace } from '#web/ui/hold-place.ts';
import { IconButton } from '#web/ui/icon-button.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';

type ParameterEditorProps = { parameters: readonly SqlParameter[]; onChange: (parameters: SqlParameter[]) => void };

const types = SqlParameter.shape.type.unwrap().options;

/** The parameters of a dashboard: their names as the queries have them, their values, and what others may choose. */
export function ParameterEditor({ parameters, onChange }: ParameterEditorProps) {
  const { t } = useTranslation('dashboards');
  const change = (index: number, changes: Partial<SqlParameter>) =>
    onChange(parameters.map((parameter, place) => (place === index ? { ...parameter, ...changes } : parameter)));
  const add = () => onChange([...parameters, { name: '', type: 'enum', value: '', options: [] }]);
  return (
    <fieldset className="mb-4 grid gap-3">
      <legend className="mb-1 text-sm font-medium">{t('parameters')}</legend>
      {parameters.map(({ name, type, value, options }, index) => (
        // What is typed is a name in the making, so only the place stays the same.
        <div key={index} className="grid grid-cols-2 items-end gap-2 sm:grid-cols-[1fr_9rem_1fr_2fr_auto]">
          <TextField
            label={t('parameter.name')}
            value={name}
            onChange={({ target }) => change(index, { name: target.value })}
          />
          <SelectField
            label={t('parameter.type')}
            value={type}
            onChange={({ target }) => change(index, { type: types.find((one) => one === target.value) ?? 'text' })}
            options={types.map((one) => ({ value: one, label: t(`parameter.types.${one}`) }))}
          />
          <TextField
            label={t('parameter.value')}
            value={value}
            onChange={({ target }) => change(index, { value: target.value })}
          />
          {type === 'enum' ? (
            <TextField
              label={t('parameter.options')}
              defaultValue={options.join(', ')}
              onChange={({ target }) =>
                change(index, {
                  options: target.value
                    .split(/[,，]/)
                    .map((one) => one.trim())
                    .filter((one) => one !== ''),
                })
              }
            />
          ) : (
            <span />
          )}
          <IconButton
            label={t('parameter.remove', { name })}
            icon={<Trash2 aria-hidden />}
            onClick={() => removeInPlace(() => onChange(parameters.filter((_, place) => place !== index)))}
          />
        </div>
      ))}
      <Button
        size="small"
        icon={<Plus aria-hidden />}
        className="justify-self-start"
        onClick={add}
        disabled={parameters.length >= 10}
      >
        {t('parameter.add')}
      </Button>
    </fieldset>
  );
}
