import { Trash2 } from 'lucide-react';
import { get, useFormState } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import { type Guard, type GuardKind, type GuardTime, PersonalDataType } from '#server/contract/guard.ts';
import { CheckboxField } from '#web/ui/checkbox-field.tsx';
import { FieldGroup } from '#web/ui/field-group.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { GuardWords } from './guard-words.tsx';
import { SchemaField } from './schema-field.tsx';

type GuardEditorProps = { index: number; guard: Guard; onChange: (guard: Guard) => void; onRemove: () => void };

const everySide: GuardTime[] = ['both', 'input', 'output', 'tool-input', 'tool-result', 'everywhere'];
const sidesOf: Partial<Record<GuardKind, GuardTime[]>> = {
  jailbreak: ['input', 'tool-result'],
  'maximum-length': ['both', 'input', 'output'],
  'json-schema': ['input'],
};
const actions = ['mask', 'refuse'] as const;
const onlyRefuse: GuardKind[] = ['jailbreak', 'maximum-length', 'json-schema'];

/** One guard: what it looks for, on which side, and what happens then. */
export default function GuardEditor({ index, guard, onChange, onRemove }: GuardEditorProps) {
  const { t } = useTranslation('agents');
  const { errors } = useFormState<AgentDefinition>({ name: 'guards' });
  const title = t(`guards.kinds.${guard.kind}`);
  const messageOf = (member: string): string | undefined =>
    get<unknown, { message?: string } | undefined>(errors, `guards.${index}.${member}`)?.message;
  return (
    <div role="group" aria-label={title} className="grid gap-3 rounded-md border border-line bg-raised p-3">
      <div className="flex items-start gap-3">
        <div className="grid min-w-0 flex-1 gap-0.5">
          <h3 className="font-medium">{title}</h3>
          <p className="text-sm text-ink-soft">{t(`guards.hints.${guard.kind}`)}</p>
        </div>
        <IconButton size="small" label={t('list.remove', { item: title })} icon={<Trash2 />} onClick={onRemove} />
      </div>
      <div className="field-row sm:grid-cols-2">
        <SelectField
          label={t('guards.when')}
          value={guard.when}
          onChange={(event) => onChange({ ...guard, when: event.target.value } as Guard)}
          options={(sidesOf[guard.kind] ?? everySide).map((value) => ({ value, label: t(`guards.sides.${value}`) }))}
        />
        {!onlyRefuse.includes(guard.kind) && (
          <SelectField
            label={t('guards.action')}
            value={guard.action}
            onChange={(event) => onChange({ ...guard, action: event.target.value } as Guard)}
            options={actions.map((value) => ({ value, label: t(`guards.actions.${value}`) }))}
          />
        )}
        {guard.kind === 'maximum-length' && (
          <TextField
            label={t('guards.characters')}
            name={`guards.${index}.characters`}
            inputMode="numeric"
            autoComplete="off"
            value={String(guard.characters)}
            error={messageOf('characters')}
            onChange={({ target: { value } }) =>
              onChange({ ...guard, characters: /^\d+$/.test(value) ? Number(value) : (value as never) })
            }
          />
        )}
      </div>
      {guard.kind === 'json-schema' && (
        <SchemaField
          name={`guards.${index}.schema`}
          hint={t('guards.schemaHint')}
          schema={guard.schema}
          onChange={(schema) => onChange({ ...guard, schema })}
        />
      )}
      {guard.kind === 'blocked-topics' && (
        <GuardWords
          name={`guards.${index}.words`}
          words={guard.words}
          error={messageOf('words')}
          onChange={(words) => onChange({ ...guard, words })}
        />
      )}
      {guard.kind === 'personal-data' && (
        <FieldGroup label={t('guards.types')} error={messageOf('types')}>
          <div className="grid gap-3 sm:grid-cols-2">
            {PersonalDataType.options.map((type) => (
              <CheckboxField
                key={type}
                name={`guards.${index}.types`}
                label={t(`guards.what.${type}`)}
                checked={guard.types.includes(type)}
                onChange={({ target: { checked } }) =>
                  onChange({
                    ...guard,
                    types: PersonalDataType.options.filter((other) =>
                      other === type ? checked : guard.types.includes(other),
                    ),
                  })
                }
              />
            ))}
          </div>
        </FieldGroup>
      )}
    </div>
  );
}
