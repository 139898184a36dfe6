import type { AgentDefinition, AgentVariable } from '#server/contract/agent-definition.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { variablesMissing } from './run-errors.ts';

/**
 * A value for each variable of an agent: the given one, else its default. Values that it does not ask for are left out.
 *
 * @throws {HubError} `validation_failed`, naming every variable that is missing or does not fit
 */
export function readVariables(
  { variables }: Pick<AgentDefinition, 'variables'>,
  given: Record<string, string>,
): Record<string, string> {
  const values = variables.map((variable) => ({
    variable,
    value: (Object.hasOwn(given, variable.name) ? given[variable.name] : undefined) ?? variable.defaultValue,
  }));
  const errors = values.flatMap(({ variable, value }) => {
    const message = findProblem(variable, value);
    return message === null ? [] : [{ path: `body.variables.${variable.name}`, message }];
  });
  if (errors.length > 0) throw variablesMissing(errors);
  return Object.fromEntries(values.map(({ variable, value }) => [variable.name, value]));
}

/**
 * A value for each variable of an agent that took over, whose variables nobody was asked for: a given one that fits, else
 * its default.
 */
export function takeVariables(
  { variables }: Pick<AgentDefinition, 'variables'>,
  given: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    variables.map((variable) => {
      const value = Object.hasOwn(given, variable.name) ? given[variable.name] : undefined;
      const fits = value !== undefined && findProblem(variable, value) === null;
      return [variable.name, fits ? value : variable.defaultValue];
    }),
  );
}

function findProblem({ label, type, required, options }: AgentVariable, value: string): LocalizedText | null {
  const isBlank = value.trim() === '';
  if (value === '' || (isBlank && required)) {
    return required ? { en: `"${label}" is needed.`, zh: `“${label}”为必填项。` } : null;
  }
  if (type === 'number' && (isBlank || !Number.isFinite(Number(value)))) {
    return { en: 'Send a number.', zh: '请填写数字。' };
  }
  if (type === 'choice' && !options.includes(value)) {
    return { en: `Send one of: ${options.join(', ')}.`, zh: `请从以下各项中选择：${options.join('、')}。` };
  }
  return null;
}
