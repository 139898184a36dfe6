import { Plus, X } from 'lucide-react';
import { useId } from 'react';
import { get, useController, useFormState } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import { Button } from '#web/ui/button.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { TextField } from '#web/ui/text-field.tsx';

type StringListFieldProps = {
  name: 'identity.tags' | 'opening.starters' | `variables.${number}.options`;
  label: string;
  itemLabel: string;
  addLabel: string;
  maximum: number;
};

/** Short texts in order: added, changed, taken away. */
export function StringListField({ name, label, itemLabel, addLabel, maximum }: StringListFieldProps) {
  const { t } = useTranslation('agents');
  const { field } = useController<AgentDefinition, StringListFieldProps['name']>({ name });
  const { errors } = useFormState<AgentDefinition>({ name });
  const titleId = useId();
  const items = field.value ?? [];
  const replace = (index: number, text: string) =>
    field.onChange(items.map((item, at) => (at === index ? text : item)));
  const messageAt = (index: number): string | undefined =>
    get<unknown, { message?: string } | undefined>(errors, `${name}.${index}`)?.message;
  return (
    <div role="group" aria-labelledby={titleId} className="grid gap-2">
      <p id={titleId} className="text-sm font-medium">
        {label}
      </p>
      {items.map((item, index) => (
        <div key={index} className="flex items-start gap-1">
          <TextField
            className="flex-1"
            label={`${itemLabel} ${index + 1}`}
            hideLabel
            name={`${name}.${index}`}
            value={item}
            error={messageAt(index)}
            onChange={(event) => replace(index, event.target.value)}
          />
          <IconButton
            label={t('list.remove', { item: `${itemLabel} ${index + 1}` })}
            icon={<X />}
            onClick={() => field.onChange(items.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      {items.length < maximum && (
        <Button
          size="small"
          className="justify-self-start"
          icon={<Plus aria-hidden />}
          onClick={() => field.onChange([...items, ''])}
        >
          {addLabel}
        </Button>
      )}
    </div>
  );
}
