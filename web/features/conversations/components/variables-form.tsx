import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { AgentTranslation, AgentVariable } from '#server/contract/agent-definition.ts';
import { toShownVariables } from '#server/contract/shown-definition.ts';
import type { VariableValues } from '#server/contract/variable-values.ts';
import { areOptional, findVariableProblem, toKnownValues } from '#web/features/conversations/variable-values.ts';
import { Button } from '#web/ui/button.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';

/** Asks for what the agent needs to know before it can answer; what was answered last time stands there already. */
export default function VariablesForm({
  variables: asked,
  texts,
  hasEarlier,
  answers,
  onDone,
}: {
  variables: AgentVariable[];
  /** How it asks in the page's language, where it has that. */
  texts: AgentTranslation | undefined;
  hasEarlier: boolean;
  /** What was answered last time, where that is known. */
  answers?: VariableValues | undefined;
  onDone: (values: VariableValues) => void;
}) {
  const { t } = useTranslation('conversations');
  const variables = toShownVariables(asked, texts);
  const [typed, setTyped] = useState<VariableValues>({});
  const values = { ...toKnownValues(variables, answers ?? {}), ...typed };
  const isFilled = variables.some(
    ({ name, defaultValue }) => answers?.[name] === values[name] && values[name] !== defaultValue,
  );
  const [isChecked, setIsChecked] = useState(false);
  const problems = variables.map((variable) => findVariableProblem(variable, values[variable.name] ?? ''));

  return (
    <form
      aria-label={t('variables.title')}
      noValidate
      className="grid gap-4 rounded-lg border border-line bg-surface p-5 shadow-low"
      onSubmit={(event) => {
        event.preventDefault();
        setIsChecked(true);
        if (problems.every((problem) => problem === null)) onDone(values);
      }}
    >
      <p className="text-sm text-ink-soft">
        {t(`variables.${hasEarlier ? 'again' : areOptional(variables) ? 'optional' : 'explanation'}`)}
        {isFilled && ` ${t('variables.filled')}`}
      </p>
      {variables.map((variable, index) => {
        const problem = problems[index];
        const field = {
          label: variable.label,
          value: values[variable.name] ?? '',
          error: isChecked && problem ? t(`variables.${problem}`) : undefined,
          ...(!variable.required && { optional: true }),
          onChange: (event: { target: { value: string } }) =>
            setTyped({ ...typed, [variable.name]: event.target.value }),
        };
        if (variable.type !== 'choice') {
          return (
            <TextField key={variable.name} inputMode={variable.type === 'number' ? 'decimal' : 'text'} {...field} />
          );
        }
        const options = [
          { value: '', label: t('variables.choose') },
          ...variable.options.map((value, place) => ({ value, label: variable.optionLabels[place] ?? value })),
        ];
        return <SelectField key={variable.name} options={options} {...field} />;
      })}
      <Button type="submit" variant="primary" className="justify-self-start">
        {t('variables.begin')}
      </Button>
    </form>
  );
}
