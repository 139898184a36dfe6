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

/** The texts that are there by `en conversations`, each by its dotted key. */
const known = new Map<string, ReadonlyMap<string, string>>();
const translations = new Map<string, Translate>();
const listeners = new Set<() => void>();
let inForce = findLanguage();

export function addTexts(language: Language, feature: string, texts: Texts): void {
  known.set(`${language} ${feature}`, new Map(flatten(texts)));
}

function flatten(texts: Texts, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, text]): [string, string][] =>
    typeof text === 'string' ? [[path + key, text]] : flatten(text, `${path}${key}.`),
  );
}

export function hasTexts(language: Language, feature: string): boolean {
  return known.has(`${language} ${feature}`);
}

/** The language in force. */
export function currentLanguage(): Language {
  return inForce;
}

/** Changes the language for all that is drawn; its texts must be there. */
export function putInForce(language: Language): void {
  inForce = language;
  for (const tell of listeners) tell();
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

function createTranslation(language: Language, ownFeature: string): Translate {
  const forms = new Intl.PluralRules(language);
  const toForms = (key: string, count: unknown) =>
    typeof count === 'number'
      ? [...(count === 0 ? [`${key}_zero`] : []), `${key}_${forms.select(count)}`, `${key}_other`, key]
      : [key];
  return (name, values = {}) => {
    const [, feature = ownFeature, key = name] = /^([\w-]+):(\S+)$/.exec(name) ?? [];
    const texts = known.get(`${language} ${feature}`);
    const form = toForms(key, values['count']).find((each) => texts?.has(each));
    const text = (form === undefined ? values['defaultValue'] : texts?.get(form)) ?? key;
    return String(text).replaceAll(/\{\{(\w+)\}\}/g, (_, value: string) => String(values[value] ?? ''));
  };
}

/** Says a text outside of a component, in the language in force; without a feature's name, of `common`. */
export const translate: Translate = (key, values) => translationOf(currentLanguage(), 'common')(key, values);
