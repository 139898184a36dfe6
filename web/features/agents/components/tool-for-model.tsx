import { useState } from 'react';
import { get, useFormContext, useFormState } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import { TextArea } from '#web/ui/text-area.tsx';
import { TextField } from '#web/ui/text-field.tsx';

type ToolForModelProps = { index: number; id: string; description: string };

/** What the model calls a tool and is told of it, where the tool's own words do not do. */
export function ToolForModel({ index, id, description }: ToolForModelProps) {
  const { t } = useTranslation('agents');
  const { register, control, getValues } = useFormContext<AgentDefinition>();
  const { errors } = useFormState({ control, name: `tools.${index}` });
  const messageOf = (name: string) =>
    get<unknown, { message?: string } | undefined>(errors, `tools.${index}.${name}`)?.message;
  const [isOpen] = useState(() => {
    const { name, description: told } = getValues(`tools.${index}`);
    return name !== '' || told !== '';
  });
  return (
    <details className="text-sm" open={isOpen}>
      <summary className="w-fit rounded-sm py-1 text-ink-soft hover:text-ink">{t('tools.forModel')}</summary>
      <div className="mt-2 grid gap-4">
        <TextField
          optional
          label={t('tools.nameForModel')}
          hint={t('tools.nameForModelHint')}
          placeholder={id.split('/').at(-1)}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          {...register(`tools.${index}.name`)}
          error={messageOf('name')}
        />
        <TextArea
          optional
          label={t('tools.descriptionForModel')}
          hint={t('tools.descriptionForModelHint')}
          placeholder={description.slice(0, 300)}
          {...register(`tools.${index}.description`)}
          error={messageOf('description')}
        />
      </div>
    </details>
  );
}
