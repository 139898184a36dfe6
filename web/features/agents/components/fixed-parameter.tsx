import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JsonValue } from '#server/contract/json.ts';
import { parseFieldValue, type SchemaField, toChoiceText } from '#web/features/agents/schema-fields.ts';
import { SelectField } from '#web/ui/select-field.tsx';
import { SwitchField } from '#web/ui/switch-field.tsx';
import { TextArea } from '#web/ui/text-area.tsx';
import { TextField } from '#web/ui/text-field.tsx';

type FixedParameterProps = {
  field: SchemaField;
  value: JsonValue | undefined;
  onChange: (value: JsonValue | undefined) => void;
};

const firstValues: Record<SchemaField['kind'], JsonValue> = {
  text: '',
  number: 0,
  boolean: false,
  choice: null,
  json: {},
};

/** One parameter: decided by the model, or set here. */
export function FixedParameter({ field, value, onChange }: FixedParameterProps) {
  const { t } = useTranslation('agents');
  const [typed, setTyped] = useState(() => toText(field, value));
  const isFixed = value !== undefined;
  const parsed = parseFieldValue(field, typed);
  const change = (text: string) => {
    setTyped(text);
    const next = parseFieldValue(field, text);
    if (next !== undefined) onChange(next);
  };
  const toggle = (isOn: boolean) => {
    const first = field.choices[0] ?? firstValues[field.kind];
    setTyped(isOn ? toText(field, first) : '');
    onChange(isOn ? first : undefined);
  };
  const texts = {
    label: t('tools.value', { name: field.name }),
    hideLabel: true,
    value: typed,
    error: parsed === undefined ? t(`tools.wrong.${field.kind === 'number' ? 'number' : 'json'}`) : undefined,
  };
  return (
    <div className="grid gap-2 border-t border-line pt-3">
      <SwitchField
        label={<code className="font-mono text-sm">{field.name}</code>}
        hint={field.description || (isFixed ? t('tools.fixed') : t('tools.free'))}
        checked={isFixed}
        onChange={(event) => toggle(event.target.checked)}
      />
      {isFixed && field.kind === 'json' && (
        <TextArea {...texts} monospaced onChange={(event) => change(event.target.value)} />
      )}
      {isFixed && (field.kind === 'text' || field.kind === 'number') && (
        <TextField {...texts} onChange={(event) => change(event.target.value)} />
      )}
      {isFixed && (field.kind === 'choice' || field.kind === 'boolean') && (
        <SelectField
          {...texts}
          options={(field.kind === 'boolean' ? [true, false] : field.choices).map((choice) => ({
            value: toChoiceText(choice),
            label: toChoiceText(choice),
          }))}
          onChange={(event) => change(event.target.value)}
        />
      )}
    </div>
  );
}

function toText(field: SchemaField, value: JsonValue | undefined): string {
  if (value === undefined) return '';
  return field.kind === 'json' ? JSON.stringify(value, null, 2) : toChoiceText(value);
}
