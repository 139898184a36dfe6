import type { AgentDefinition, AgentTranslation, AgentVariable } from './agent-definition.ts';
import { findOwn, findTranslation, orElse, toShownOpening } from './agent-translation.ts';

/** A variable with what is shown for its options, in their order. */
export type ShownVariable = AgentVariable & { optionLabels: string[] };

/** Variables as people are asked for them, in a translation. */
export function toShownVariables(variables: AgentVariable[], texts: AgentTranslation | undefined): ShownVariable[] {
  return variables.map((variable) => {
    const said = texts && findOwn(texts.variables, variable.name);
    const { label, type, options, defaultValue } = variable;
    return {
      ...variable,
      label: orElse(said?.label, label),
      defaultValue: type === 'text' ? orElse(said?.defaultValue, defaultValue) : defaultValue,
      optionLabels: options.map((option) => orElse(said && findOwn(said.options, option), option)),
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
      name: orElse(texts.name, identity.name),
      tagline: orElse(texts.tagline, identity.tagline),
      description: orElse(texts.description, identity.description),
    },
    opening: toShownOpening(opening, texts),
    variables: toShownVariables(variables, texts).map(({ optionLabels: _, ...variable }) => variable),
  };
}
