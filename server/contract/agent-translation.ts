import type { AgentDefinition, AgentTranslation } from './agent-definition.ts';

type Names = { name: string; tagline: string };

/** The texts for a reader of a language: `zh-CN`, then `zh` (RFC 4647, lookup); undefined: what the agent says itself. */
export function findTranslation<Texts>(translations: Record<string, Texts>, language: string): Texts | undefined {
  return translations[language] ?? translations[language.split('-', 1)[0] ?? ''];
}

/** The names of an agent in other languages, where it has them. */
export function toTranslatedNames(translations: AgentDefinition['translations']): Record<string, Pick<Names, 'name'>> {
  const named = Object.entries(translations).filter(([, { name }]) => name !== '');
  return Object.fromEntries(named.map(([language, { name }]) => [language, { name }]));
}

/** How people are told of an agent with its definition. */
export const toNamedAgent = ({
  id,
  handle,
  definition,
}: {
  id: string;
  handle: string;
  definition: AgentDefinition;
}) => ({
  id,
  handle,
  name: definition.identity.name,
  translations: toTranslatedNames(definition.translations),
});

/** The name of an agent in a language. */
export function toShownName(
  { name, translations }: { name: string; translations: Record<string, Pick<Names, 'name'>> },
  language: string,
): string {
  return findTranslation(translations, language)?.name || name;
}

/** A listed agent with its name and tagline in a language. */
export function toShownAgent<Listed extends Names & { translations: Record<string, Names> }>(
  agent: Listed,
  language: string,
): Listed {
  const texts = findTranslation(agent.translations, language);
  return texts ? { ...agent, name: texts.name || agent.name, tagline: texts.tagline || agent.tagline } : agent;
}

type Greeting = Pick<AgentDefinition['opening'], 'message' | 'starters'>;

/** How an agent greets, in a translation. */
export function toShownGreeting({ message, starters }: Greeting, texts: AgentTranslation | undefined): Greeting {
  const said = texts?.opening;
  return {
    message: said?.message || message,
    starters: said?.starters.length ? said.starters : starters,
  };
}

/** What people see before anything is said, in a translation. */
export function toShownOpening(
  opening: AgentDefinition['opening'],
  texts: AgentTranslation | undefined,
): AgentDefinition['opening'] {
  const example = texts?.opening.example;
  return {
    ...toShownGreeting(opening, texts),
    example: example?.question ? example : opening.example,
  };
}
