import { useController } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { JsonObject } from '#server/contract/json.ts';
import { ChoiceCards } from '#web/ui/choice-cards.tsx';
import { BuilderSection } from './builder-section.tsx';
import { SchemaField } from './schema-field.tsx';

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
        <SchemaField
          name="output.schema"
          hint={t('output.schemaHint')}
          schema={output.schema}
          onChange={(schema) => field.onChange({ kind: 'json', schema })}
        />
      )}
    </BuilderSection>
  );
}
