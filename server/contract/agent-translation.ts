import type { AgentDefinition, AgentTranslation } from './agent-definition.ts';

type Names = { name: string; tagline: string };

/** A text, or the original where it is empty. */
export const orElse = (text: string | undefined, original: string) =>
  text === undefined || text === '' ? original : text;

/** What people wrote under a name, which may be one that every object has. */
export const findOwn = <Value>(record: Record<string, Value>, key: string): Value | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

/** The texts for a reader of a language: `zh-CN`, then `zh` (RFC 4647, lookup); undefined: what the agent says itself. */
export function findTranslation<Texts>(translations: Record<string, Texts>, language: string): Texts | undefined {
  const parts = language.split('-');
  const tags = parts.map((_, dropped) => parts.slice(0, parts.length - dropped).join('-'));
  return tags.map((tag) => findOwn(translations, tag)).find((texts) => texts !== undefined);
}

/** The name of an agent in a language. */
export function toShownName(
  { name, translations }: { name: string; translations: Record<string, Pick<Names, 'name'>> },
  language: string,
): string {
  return orElse(findTranslation(translations, language)?.name, name);
}

/** A listed agent with its name and tagline in a language. */
export function toShownAgent<Listed extends Names & { translations: Record<string, Names> }>(
  agent: Listed,
  language: string,
): Listed {
  const texts = findTranslation(agent.translations, language);
  if (texts === undefined) return agent;
  return { ...agent, name: toShownName(agent, language), tagline: orElse(texts.tagline, agent.tagline) };
}

type Greeting = Pick<AgentDefinition['opening'], 'message' | 'starters'>;

/** How an agent greets, in a translation. */
export function toShownGreeting({ message, starters }: Greeting, texts: AgentTranslation | undefined): Greeting {
  const said = texts?.opening;
  return {
    message: orElse(said?.message, message),
    starters: said === undefined || said.starters.length === 0 ? starters : said.starters,
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
    example: example === undefined || example.question === '' ? opening.example : example,
  };
}
