import { chainParameterWords } from './chain-parameter-words.ts';
import { choicesInChinese } from './choice-words.ts';
import { dataParameterWords } from './data-parameter-words.ts';
import type { LocalizedText } from './localized-text.ts';

/**
 * What the parameters of the hub's own tools are, in both languages; a test knows that none is missing. Schemas say the
 * English, also to models; who shows them to people asks for the Chinese. Tools of others keep their own words.
 */
export const parameterWords: readonly LocalizedText[] = [...dataParameterWords, ...chainParameterWords];

const inChinese = new Map(parameterWords.map(({ en, zh }) => [en, zh]));

/** What a parameter of a tool of the hub is, in Chinese; null where its English is not known. */
export const findParameterWords = (description: string): string | null => inChinese.get(description) ?? null;

/** What a value says that such a parameter offers, in Chinese; null where it says itself. */
export function findChoiceWords(choice: string): string | null {
  const said = Object.hasOwn(choicesInChinese, choice) ? choicesInChinese[choice] : null;
  return said === choice ? null : (said ?? null);
}
