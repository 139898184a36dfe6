import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { JsonValue } from '#server/contract/json.ts';
import { SchemaInput } from '#web/features/tools/components/schema-input.tsx';
import { findFieldFault, parseFieldValue, type SchemaField, toFieldText } from '#web/features/tools/schema-fields.ts';
import type { ParameterWords } from '#web/features/tools/use-parameter-words.ts';
import { CheckboxField } from '#web/ui/checkbox-field.tsx';
import { SwitchField } from '#web/ui/switch-field.tsx';

type ToolParameterProps = {
  field: SchemaField;
  words: ParameterWords;
  value: JsonValue | undefined;
  onChange: (value: JsonValue | undefined) => void;
  isHidden: boolean;
  onHide: (isHidden: boolean) => void;
};

const firstValues: Record<SchemaField['kind'], JsonValue> = {
  text: '',
  number: 0,
  boolean: false,
  choice: null,
  json: {},
};

/** One parameter: decided by the model, set here, or kept from the model. */
export function ToolParameter({ field, words, value, onChange, isHidden, onHide }: ToolParameterProps) {
  const { t } = useTranslation('agents', 'tools');
  const [typed, setTyped] = useState(() => toFieldText(field, value));
  const isFixed = value !== undefined;
  const fault = findFieldFault(field, typed);
  const change = (text: string) => {
    setTyped(text);
    const next = parseFieldValue(field, text);
    if (next !== undefined) onChange(next);
  };
  const toggle = (isOn: boolean) => {
    const first = toFirstValue(field);
    setTyped(isOn ? toFieldText(field, first) : '');
    onChange(isOn ? first : undefined);
  };
  const state = isFixed ? t('tools.fixed') : isHidden ? t('tools.hidden') : t('tools.free');
  return (
    <div className="grid gap-2 border-t border-line pt-3">
      <SwitchField
        label={<code className="font-mono text-sm break-all">{field.name}</code>}
        hint={
          <>
            {field.description !== '' && (
              <span className="line-clamp-4 wrap-anywhere" {...words.describe(field.description)} />
            )}
            <span className="text-xs">{state}</span>
          </>
        }
        checked={isFixed}
        onChange={(event) => toggle(event.target.checked)}
      />
      {isFixed && (
        <SchemaInput
          field={field}
          sayChoice={words.sayChoice}
          label={t('tools.value', { name: field.name })}
          hideLabel
          value={typed}
          error={fault === null ? undefined : t(`tools:wrong.${fault}`)}
          onChange={change}
        />
      )}
      {!isFixed && !field.isRequired && (
        <CheckboxField
          label={t('tools.hide', { name: field.name })}
          checked={isHidden}
          onChange={(event) => onHide(event.target.checked)}
        />
      )}
    </div>
  );
}

function toFirstValue({ kind, choices, shape, defaultValue }: SchemaField): JsonValue {
  if (defaultValue !== undefined && defaultValue !== null) return defaultValue;
  return choices[0] ?? (shape === 'array' ? [] : firstValues[kind]);
}
