import type { AgentDefinition, AgentTranslation, AgentVariable } from './agent-definition.ts';
import { findTranslation, toShownOpening } from './agent-translation.ts';

/** A variable with what is shown for its options, in their order. */
export type ShownVariable = AgentVariable & { optionLabels: string[] };

/** What people wrote under a name, which may be one that every object has. */
export const findOwn = <Value>(record: Record<string, Value>, key: string): Value | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

/** Variables as people are asked for them, in a translation. */
export function toShownVariables(variables: AgentVariable[], texts: AgentTranslation | undefined): ShownVariable[] {
  return variables.map((variable) => {
    const said = texts && findOwn(texts.variables, variable.name);
    const { label, type, options, defaultValue } = variable;
    return {
      ...variable,
      label: said?.label || label,
      defaultValue: (type === 'text' && said?.defaultValue) || defaultValue,
      optionLabels: options.map((option) => (said && findOwn(said.options, option)) || option),
    };
  });
}

/** A definition with all that people read in a language. */
export function toShownDefinition(definition: AgentDefinition, language: string): AgentDefinition {
  const texts = findTranslation(definition.translations, language);
  if (texts === undefined) return definition;
  const { identity, opening, variables } = definition;
  return {
    ...definition,
    identity: {
      ...identity,
      name: texts.name || identity.name,
      tagline: texts.tagline || identity.tagline,
      description: texts.description || identity.description,
    },
    opening: toShownOpening(opening, texts),
    variables: toShownVariables(variables, texts).map(({ optionLabels: _, ...variable }) => variable),
  };
}
