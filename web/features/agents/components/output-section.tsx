import { useState } from 'react';
import { useController } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { JsonObject } from '#server/contract/json.ts';
import { parseJson } from '#web/features/tools/schema-fields.ts';
import { ChoiceCards } from '#web/ui/choice-cards.tsx';
import { TextArea } from '#web/ui/text-area.tsx';
import { BuilderSection } from './builder-section.tsx';

const firstSchema: JsonObject = { type: 'object', properties: { answer: { type: 'string' } }, required: ['answer'] };

export function OutputSection() {
  const { t } = useTranslation('agents');
  const { field } = useController<AgentDefinition, 'output'>({ name: 'output' });
  const output = field.value;
  return (
    <BuilderSection name="output">
      <ChoiceCards
        label={t('output.kind')}
        value={output.kind}
        onChange={(kind) => field.onChange(kind === 'text' ? { kind } : { kind, schema: firstSchema })}
        options={[
          { value: 'text', label: t('output.text'), description: t('output.textHint') },
          { value: 'json', label: t('output.json'), description: t('output.jsonHint') },
        ]}
      />
      {output.kind === 'json' && (
        <SchemaField schema={output.schema} onChange={(schema) => field.onChange({ kind: 'json', schema })} />
      )}
    </BuilderSection>
  );
}

function SchemaField({ schema, onChange }: { schema: JsonObject; onChange: (schema: JsonObject) => void }) {
  const { t } = useTranslation('agents');
  const [typed, setTyped] = useState(() => JSON.stringify(schema, null, 2));
  // The form may have changed elsewhere (undo, another tab): then its schema is shown, not what was typed before.
  const stands = JSON.stringify(parseJson(typed)) === JSON.stringify(schema) || toSchema(typed) === null;
  const shown = stands ? typed : JSON.stringify(schema, null, 2);
  return (
    <TextArea
      label={t('output.schema')}
      hint={t('output.schemaHint')}
      name="output.schema"
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
