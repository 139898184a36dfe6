import type { AgentVariable } from '#server/contract/agent-definition.ts';

export type VariableValues = Record<string, string>;

const keyOf = (conversation: string) => `variables:${conversation}`;

/** The values given for a conversation in this tab, or null. */
export function readVariables(conversation: string): VariableValues | null {
  const kept = sessionStorage.getItem(keyOf(conversation));
  return kept === null ? null : (JSON.parse(kept) as VariableValues);
}

export function keepVariables(conversation: string, values: VariableValues): void {
  sessionStorage.setItem(keyOf(conversation), JSON.stringify(values));
}

export function toDefaultValues(variables: AgentVariable[]): VariableValues {
  return Object.fromEntries(variables.map(({ name, defaultValue }) => [name, defaultValue]));
}

/** What is wrong with a value, as a key of the texts, or null. */
export function findVariableProblem(variable: AgentVariable, value: string): 'required' | 'number' | null {
  if (value.trim() === '') return variable.required ? 'required' : null;
  return variable.type === 'number' && !Number.isFinite(Number(value)) ? 'number' : null;
}
