import { findLanguage, type Language } from './language.ts';

export type Texts = { [key: string]: string | Texts };
type Values = Record<string, string | number | null | undefined>;

/**
 * Says the text of a key: `list.title` of its own feature, `tools:bench.try` of another.
 *
 * `{{name}}` stands for a value; a `count` chooses among `key_one`, `key_other` and, at nothing, `key_zero`. An unknown
 * key says `values.defaultValue`, or itself.
 */
export type Translate = (key: string, values?: Values) => string;

const known: Record<Language, Map<string, Texts>> = { en: new Map(), 'zh-CN': new Map() };
const plurals: Record<Language, Intl.PluralRules> = {
  en: new Intl.PluralRules('en'),
  'zh-CN': new Intl.PluralRules('zh-CN'),
};
const translations = new Map<string, Translate>();
const listeners = new Set<() => void>();
let inForce: Language = findLanguage();

export function addTexts(language: Language, feature: string, texts: Texts): void {
  known[language].set(feature, texts);
}

export function hasTexts(language: Language, feature: string): boolean {
  return known[language].has(feature);
}

/** The language in force. */
export function currentLanguage(): Language {
  return inForce;
}

/** Changes the language for all that is drawn; its texts must be there. */
export function putInForce(language: Language): void {
  inForce = language;
  for (const listener of listeners) listener();
}

/** Tells the listener of each change of the language; the answer ends it. */
export function watchLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The translation of one feature into one language; the same each time. */
export function translationOf(language: Language, feature: string): Translate {
  const name = `${language} ${feature}`;
  const made = translations.get(name) ?? createTranslation(language, feature);
  translations.set(name, made);
  return made;
}

/** Says a text outside of a component, in the language in force; without a feature's name, of `common`. */
export const translate: Translate = (key, values) => translationOf(inForce, 'common')(key, values);

function createTranslation(language: Language, ownFeature: string): Translate {
  return (key, values = {}) => {
    const [feature, path] = key.includes(':') ? splitAtColon(key) : [ownFeature, key];
    const texts = known[language].get(feature);
    const { count, defaultValue } = values;
    const forms =
      typeof count === 'number' ? [...toForms(language, count).map((form) => `${path}_${form}`), path] : [path];
    const text = forms.map((form) => findText(texts, form)).find((found) => found !== null);
    if (text === undefined) return typeof defaultValue === 'string' ? defaultValue : path;
    return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
  };
}

function toForms(language: Language, count: number): string[] {
  return [...(count === 0 ? ['zero'] : []), plurals[language].select(count), 'other'];
}

function findText(texts: Texts | undefined, path: string): string | null {
  let found: Texts | string | undefined = texts;
  for (const part of path.split('.')) found = typeof found === 'object' ? found[part] : undefined;
  return typeof found === 'string' ? found : null;
}

function splitAtColon(key: string): [string, string] {
  const colon = key.indexOf(':');
  return [key.slice(0, colon), key.slice(colon + 1)];
}
