import type { SqlParameter } from '#server/contract/sql.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';

const types = ['text', 'number', 'datetime', 'enum'] as const;

type ParameterFieldsProps = { parameters: readonly SqlParameter[]; onChange: (parameters: SqlParameter[]) => void };

/** A value, and its type, for each parameter that the SQL names. */
export function ParameterFields({ parameters, onChange }: ParameterFieldsProps) {
  const { t } = useTranslation('queries');
  if (parameters.length === 0) return null;
  const change = (name: string, changes: Partial<SqlParameter>) =>
    onChange(parameters.map((parameter) => (parameter.name === name ? { ...parameter, ...changes } : parameter)));
  return (
    <fieldset className="grid gap-3 sm:grid-cols-2">
      <legend className="sr-only">{t('parameters.label')}</legend>
      {parameters.map(({ name, type, value, options }) => (
        <div key={name} className="grid grid-cols-[1fr_8rem] items-end gap-2">
          {type === 'enum' ? (
            <SelectField
              label={name}
              value={value}
              onChange={({ target }) => change(name, { value: target.value })}
              options={[...new Set([value, ...options])].map((option) => ({ value: option, label: option }))}
            />
          ) : (
            <TextField
              label={name}
              value={value}
              inputMode={type === 'number' ? 'decimal' : 'text'}
              placeholder={type === 'datetime' ? '2026-01-31 12:00:00' : ''}
              onChange={({ target }) => change(name, { value: target.value })}
            />
          )}
          <SelectField
            label={t('parameters.type', { name })}
            hideLabel
            value={type}
            onChange={({ target }) => change(name, toType(types.find((one) => one === target.value) ?? 'text', value))}
            options={types.map((option) => ({ value: option, label: t(`parameters.types.${option}`) }))}
          />
          {type === 'enum' && (
            <div className="col-span-2">
              <TextField
                label={t('parameters.options', { name })}
                defaultValue={options.join(', ')}
                onChange={({ target }) => change(name, toOptions(target.value, value))}
              />
            </div>
          )}
        </div>
      ))}
    </fieldset>
  );
}

/** A list begins with the value that is there. */
const toType = (type: SqlParameter['type'], value: string): Partial<SqlParameter> =>
  type === 'enum' ? { type, options: value === '' ? [] : [value] } : { type, options: [] };

/** The values of a list; the one that is chosen stays while it is among them. */
function toOptions(text: string, value: string): Partial<SqlParameter> {
  const written = text.split(/[,，]/).map((one) => one.trim());
  const options = [...new Set(written.filter((one) => one !== ''))].slice(0, 100);
  return { options, value: options.includes(value) ? value : (options[0] ?? '') };
}
