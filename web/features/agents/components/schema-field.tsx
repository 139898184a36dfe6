import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { JsonObject } from '#server/contract/json.ts';
import { parseJson } from '#web/features/tools/schema-fields.ts';
import { TextArea } from '#web/ui/text-area.tsx';

type SchemaFieldProps = {
  name: string;
  hint: string;
  schema: JsonObject;
  onChange: (schema: JsonObject) => void;
};

/** A JSON schema as text; what is no object yet stays in the field. */
export function SchemaField({ name, hint, schema, onChange }: SchemaFieldProps) {
  const { t } = useTranslation('agents');
  const [typed, setTyped] = useState(() => JSON.stringify(schema, null, 2));
  // The form may have changed elsewhere (undo, another tab): then its schema is shown, not what was typed before.
  const stands = JSON.stringify(parseJson(typed)) === JSON.stringify(schema) || toSchema(typed) === null;
  const shown = stands ? typed : JSON.stringify(schema, null, 2);
  return (
    <TextArea
      label={t('output.schema')}
      hint={hint}
      name={name}
      rows={8}
      monospaced
      spellCheck={false}
      value={shown}
      error={toSchema(shown) === null ? t('output.wrong') : undefined}
      onChange={(event) => {
        setTyped(event.target.value);
        const next = toSchema(event.target.value);
        if (next) onChange(next);
      }}
    />
  );
}

function toSchema(text: string): JsonObject | null {
  const value = parseJson(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}
