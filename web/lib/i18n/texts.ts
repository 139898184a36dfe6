import { createInstance } from 'i18next';
import { findLanguage, isLanguage, type Language } from './language.ts';

export type Texts = { [key: string]: string | Texts };
type Values = Record<string, string | number | null | undefined>;

/**
 * Says the text of a key: `list.title` of its own feature, `tools:bench.try` of another.
 *
 * `{{name}}` stands for a value; a `count` chooses among `key_one`, `key_other` and, at nothing, `key_zero`. An unknown
 * key says `values.defaultValue`, or itself.
 */
export type Translate = (key: string, values?: Values) => string;

const i18next = createInstance();
void i18next.init({
  lng: findLanguage(),
  fallbackLng: false,
  // `load-texts.ts` brings them; a language that has none yet is known nevertheless.
  resources: { en: {}, 'zh-CN': {} } satisfies Record<Language, object>,
  defaultNS: 'common',
  interpolation: { escapeValue: false },
  initAsync: false,
});
const translations = new Map<string, Translate>();

export function addTexts(language: Language, feature: string, texts: Texts): void {
  i18next.addResourceBundle(language, feature, texts);
}

export function hasTexts(language: Language, feature: string): boolean {
  return i18next.hasResourceBundle(language, feature);
}

/** The language in force. */
export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : 'en';
}

/** Changes the language for all that is drawn; its texts must be there. */
export async function putInForce(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
}

/** Tells the listener of each change of the language; the answer ends it. */
export function watchLanguage(listener: () => void): () => void {
  i18next.on('languageChanged', listener);
  return () => i18next.off('languageChanged', listener);
}

/** The translation of one feature into one language; the same each time. */
export function translationOf(language: Language, feature: string): Translate {
  const name = `${language} ${feature}`;
  const made = translations.get(name) ?? createTranslation(language, feature);
  translations.set(name, made);
  return made;
}

function createTranslation(language: Language, feature: string): Translate {
  const say = i18next.getFixedT(language, feature);
  return (key, values) => {
    // Most texts are shown as they stand, which takes a tenth of what it takes to look for values, plurals and other texts in them.
    const text: unknown = values === undefined && i18next.getResource(language, feature, key);
    return typeof text === 'string' && !/\{\{|\$t\(/.test(text) ? text : say(key, { ...values });
  };
}

/** Says a text outside of a component, in the language in force; without a feature's name, of `common`. */
export const translate: Translate = (key, values) => translationOf(currentLanguage(), 'common')(key, values);
