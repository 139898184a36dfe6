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

const resources = new Map<string, Texts>();
const translations = new Map<string, Translate>();
const plurals = new Map<Language, Intl.PluralRules>();
const listeners = new Set<() => void>();
let inForce = findLanguage();

export function addTexts(language: Language, feature: string, texts: Texts): void {
  resources.set(`${language} ${feature}`, texts);
}

export function hasTexts(language: Language, feature: string): boolean {
  return resources.has(`${language} ${feature}`);
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

function createTranslation(language: Language, feature: string): Translate {
  return (fullKey, values) => {
    const [, room = feature, key = fullKey] = /^([^:]+):(.+)$/s.exec(fullKey) ?? [];
    const texts = resources.get(`${language} ${room}`);
    const count = values?.['count'];
    for (const form of typeof count === 'number' ? listForms(language, count) : ['']) {
      const text = findText(texts, key + form);
      if (text !== undefined) return fillIn(text, values);
    }
    return String(values?.['defaultValue'] ?? key);
  };
}

function listForms(language: Language, count: number): string[] {
  const rules = plurals.get(language) ?? new Intl.PluralRules(language);
  plurals.set(language, rules);
  return [...(count === 0 ? ['_zero'] : []), `_${rules.select(count)}`, ''];
}

/** A name may have dots of its own. */
function findText(texts: string | Texts | undefined, key: string): string | undefined {
  if (typeof texts !== 'object') return undefined;
  const text = Object.hasOwn(texts, key) ? texts[key] : undefined;
  if (typeof text === 'string') return text;
  for (let dot = key.indexOf('.'); dot > 0; dot = key.indexOf('.', dot + 1)) {
    const room = key.slice(0, dot);
    const found = Object.hasOwn(texts, room) ? findText(texts[room], key.slice(dot + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

const place = /(\p{Script=Han} )?\{\{(\w+)\}\}( (?=\p{Script=Han}))?/gu;

/** A Chinese text has room for a value in Latin letters or figures; one in Chinese goes without. */
export function fillIn(text: string, values: Values | undefined): string {
  if (values === undefined) return text;
  return text.replace(place, (mark, before: string | undefined, name: string, after: string | undefined) => {
    const value = values[name];
    if (value === undefined) return mark;
    const said = String(value ?? '');
    const start = /^\p{Script=Han}/u.test(said) ? before?.trimEnd() : before;
    return `${start ?? ''}${said}${/\p{Script=Han}$/u.test(said) ? '' : (after ?? '')}`;
  });
}

/** Says a text outside of a component, in the language in force; without a feature's name, of `common`. */
export const translate: Translate = (key, values) => translationOf(currentLanguage(), 'common')(key, values);
