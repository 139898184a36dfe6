import { Plus } from 'lucide-react';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import { Button } from '#web/ui/button.tsx';
import { removeInPlace } from '#web/ui/hold-place.ts';
import { BuilderSection } from './builder-section.tsx';
import { VariableEditor } from './variable-editor.tsx';

export function VariablesSection() {
  const { t } = useTranslation('agents');
  const { control } = useFormContext<AgentDefinition>();
  const { fields, append, remove } = useFieldArray({ control, name: 'variables' });
  const add = () =>
    append({
      name: `value_${fields.length + 1}`,
      label: t('variables.newLabel', { number: fields.length + 1 }),
      type: 'text',
      required: true,
      options: [],
      defaultValue: '',
    });
  return (
    <BuilderSection name="variables">
      {fields.map((field, index) => (
        <VariableEditor key={field.id} index={index} onRemove={() => removeInPlace(() => remove(index))} />
      ))}
      {fields.length < 20 && (
        <Button size="small" className="justify-self-start" icon={<Plus aria-hidden />} onClick={add}>
          {t('variables.add')}
        </Button>
      )}
    </BuilderSection>
  );
}
