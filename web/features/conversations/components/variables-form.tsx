import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { AgentTranslation, AgentVariable } from '#server/contract/agent-definition.ts';
import { toShownVariables } from '#server/contract/shown-definition.ts';
import {
  areOptional,
  findVariableProblem,
  toDefaultValues,
  type VariableValues,
} from '#web/features/conversations/kept-variables.ts';
import { Button } from '#web/ui/button.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';

/** Asks for what the agent needs to know before it can answer. */
export default function VariablesForm({
  variables: asked,
  texts,
  hasEarlier,
  onDone,
}: {
  variables: AgentVariable[];
  /** How it asks in the page's language, where it has that. */
  texts: AgentTranslation | undefined;
  hasEarlier: boolean;
  onDone: (values: VariableValues) => void;
}) {
  const { t } = useTranslation('conversations');
  const variables = toShownVariables(asked, texts);
  const [values, setValues] = useState(() => toDefaultValues(variables));
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
      </p>
      {variables.map((variable, index) => {
        const problem = problems[index];
        const field = {
          label: variable.label,
          value: values[variable.name] ?? '',
          error: isChecked && problem ? t(`variables.${problem}`) : undefined,
          ...(!variable.required && { optional: true }),
          onChange: (event: { target: { value: string } }) =>
            setValues({ ...values, [variable.name]: event.target.value }),
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
