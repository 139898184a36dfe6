import type { AgentVariable } from '#server/contract/agent-definition.ts';
import type { VariableValues } from '#server/contract/variable-values.ts';

/** Whether the agent can answer with what it has when nothing is said. */
export const areOptional = (variables: AgentVariable[]): boolean => findKept(variables, {}) !== null;

/** A value for each variable: what was answered before as far as it still fits, else its default. */
export const toKnownValues = (variables: AgentVariable[], answers: VariableValues): VariableValues =>
  Object.fromEntries(
    variables.map((variable) => {
      const answer = answers[variable.name];
      return [variable.name, answer !== undefined && isFit(variable, answer) ? answer : variable.defaultValue];
    }),
  );

/** The same, or null where the agent wants something that nobody has said. */
export function findKept(variables: AgentVariable[], answers: VariableValues): VariableValues | null {
  const values = toKnownValues(variables, answers);
  return variables.every((variable) => isFit(variable, values[variable.name] ?? '')) ? values : null;
}

/** What is wrong with a value, as a key of the texts, or null. */
export function findVariableProblem(variable: AgentVariable, value: string): 'required' | 'number' | null {
  if (value.trim() === '') return variable.required ? 'required' : null;
  return variable.type === 'number' && !Number.isFinite(Number(value)) ? 'number' : null;
}

/** A choice may have lost the option that was taken. */
const isFit = (variable: AgentVariable, value: string): boolean =>
  findVariableProblem(variable, value) === null &&
  (variable.type !== 'choice' || value === '' || variable.options.includes(value));
