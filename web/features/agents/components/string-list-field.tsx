import { get, useController, useFormState } from 'react-hook-form';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import { StringList, type StringListTexts } from './string-list.tsx';

type StringListFieldProps = StringListTexts & {
  name: 'identity.tags' | 'opening.starters' | `variables.${number}.options`;
  maximum: number;
};

/** Short texts of the definition. */
export function StringListField({ name, ...props }: StringListFieldProps) {
  const { field } = useController<AgentDefinition, StringListFieldProps['name']>({ name });
  const { errors } = useFormState<AgentDefinition>({ name });
  const messageAt = (index: number): string | undefined =>
    get<unknown, { message?: string } | undefined>(errors, `${name}.${index}`)?.message;
  return (
    <StringList name={name} items={field.value ?? []} onChange={field.onChange} messageAt={messageAt} {...props} />
  );
}
