import { useState } from 'react';
import type { ParameterValues } from '#server/contract/dashboard.ts';
import type { SqlParameter } from '#server/contract/sql.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';

type ValueFieldsProps = {
  parameters: readonly SqlParameter[];
  values: ParameterValues;
  /** Whether others than the offered values may be chosen. */
  isFree: boolean;
  onChange: (values: ParameterValues) => void;
};

/** The values of the parameters that all widgets share. */
export function ValueFields({ parameters, values, isFree, onChange }: ValueFieldsProps) {
  const { t } = useTranslation('dashboards');
  const [typed, setTyped] = useState<ParameterValues>({});
  const shown = parameters.filter(({ type }) => isFree || type === 'enum');
  if (shown.length === 0) return null;
  const isChanged = Object.entries(typed).some(
    ([name, value]) => value !== (values[name] ?? valueOf(parameters, name)),
  );
  return (
    <form
      aria-label={t('parameters')}
      className="mb-4 flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        onChange({ ...values, ...typed });
      }}
    >
      {shown.map(({ name, type, value, options }) =>
        type === 'enum' ? (
          <SelectField
            key={name}
            label={name}
            value={values[name] ?? value}
            onChange={({ target }) => onChange({ ...values, [name]: target.value })}
            options={[...new Set([value, ...options])].map((option) => ({ value: option, label: option }))}
          />
        ) : (
          <TextField
            key={name}
            label={name}
            value={typed[name] ?? values[name] ?? value}
            inputMode={type === 'number' ? 'decimal' : 'text'}
            onChange={({ target }) => setTyped({ ...typed, [name]: target.value })}
          />
        ),
      )}
      {isChanged && <Button type="submit">{t('use')}</Button>}
    </form>
  );
}

const valueOf = (parameters: readonly SqlParameter[], name: string) =>
  parameters.find((parameter) => parameter.name === name)?.value;
