import type { AgentVariable } from '#server/contract/agent-definition.ts';
import { variablesKey } from '#web/lib/composer-drafts.ts';

export type VariableValues = Record<string, string>;

type Kept = readonly [conversation: string, values: VariableValues];

const isKept = (kept: unknown): kept is Kept =>
  Array.isArray(kept) && typeof kept[0] === 'string' && typeof kept[1] === 'object' && kept[1] !== null;
const mostKept = 100;

function readAll(): Kept[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(variablesKey) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isKept) : [];
  } catch {
    return [];
  }
}

/** The values given for a conversation in this browser, or null. */
export const readVariables = (conversation: string): VariableValues | null =>
  readAll().find(([key]) => key === conversation)?.[1] ?? null;

/** Keeps them, of the newest conversations, until their person signs out. */
export function keepVariables(conversation: string, values: VariableValues): void {
  const others = readAll().filter(([key]) => key !== conversation);
  try {
    localStorage.setItem(variablesKey, JSON.stringify([...others, [conversation, values]].slice(-mostKept)));
  } catch {
    // A browser that keeps nothing asks again.
  }
}

/** Whether the agent can answer with what it has when nothing is said. */
export const areOptional = (variables: AgentVariable[]): boolean =>
  variables.every((variable) => findVariableProblem(variable, variable.defaultValue) === null);

export function toDefaultValues(variables: AgentVariable[]): VariableValues {
  return Object.fromEntries(variables.map(({ name, defaultValue }) => [name, defaultValue]));
}

/** What is wrong with a value, as a key of the texts, or null. */
export function findVariableProblem(variable: AgentVariable, value: string): 'required' | 'number' | null {
  if (value.trim() === '') return variable.required ? 'required' : null;
  return variable.type === 'number' && !Number.isFinite(Number(value)) ? 'number' : null;
}
