import { get, useFormContext, useFormState } from 'react-hook-form';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import { toNumber } from '#web/lib/to-number.ts';
import { TextField } from '#web/ui/text-field.tsx';

type NumberFieldProps = {
  name:
    | 'model.temperature'
    | 'model.maximumOutputTokens'
    | 'model.maximumSteps'
    | 'context.maximumMessages'
    | 'context.maximumTokens'
    | 'memory.maximumFacts'
    | 'budget.maximumTokensPerRun'
    | 'budget.maximumUsdPerRun'
    | 'budget.maximumSecondsPerRun'
    | 'budget.maximumTokensPerConversation'
    | 'budget.maximumUsdPerConversation'
    | 'budget.maximumTokensPerMonth'
    | 'budget.maximumUsdPerMonth';
  label: string;
  hint?: string;
  /** An empty field means: no limit, or the provider's own value. */
  optional?: boolean;
};

/** A number of the definition; an empty one is null. */
export function NumberField({ name, label, hint, optional = false }: NumberFieldProps) {
  const { register, control } = useFormContext<AgentDefinition>();
  const { errors } = useFormState({ control, name });
  return (
    <TextField
      label={label}
      hint={hint}
      optional={optional}
      inputMode="decimal"
      autoComplete="off"
      error={get<unknown, { message?: string } | undefined>(errors, name)?.message}
      {...register(name, { setValueAs: toNumber })}
    />
  );
}
