import { type Language, rememberLanguage } from './language.ts';
import { addTexts, currentLanguage, hasTexts, putInForce, type Texts } from './texts.ts';

const files = import.meta.glob<Texts>(
  ['/lib/i18n/locales/*.json', '/app/locales/*.json', '/features/*/locales/*.json'],
  { import: 'default' },
);
const rooms: Record<string, string> = { common: '/lib/i18n', app: '/app' };
/** What every page shows. */
const everywhere = ['common', 'app'];
const loading = new Map<string, Promise<void>>();
/** The features whose texts were asked for: a change of the language brings them all. */
const wanted = new Set(everywhere);
let chosen = currentLanguage();

/** Has the texts of a feature there, in this language and in those that are changed to; the same promise while they come. */
export function loadTexts(feature: string, language: Language = currentLanguage()): Promise<void> {
  wanted.add(feature);
  const name = `${language} ${feature}`;
  const under = loading.get(name) ?? fetchTexts(feature, language);
  loading.set(name, under);
  // One that failed has a new chance.
  under.catch(() => loading.delete(name));
  return under;
}

async function fetchTexts(feature: string, language: Language): Promise<void> {
  if (hasTexts(language, feature)) return;
  const file = files[`${rooms[feature] ?? `/features/${feature}`}/locales/${language}.json`];
  if (file === undefined) throw new Error(`There are no texts of "${feature}".`);
  addTexts(language, feature, await file());
}

/** Starts the page's texts in the person's language; resolves once those that every page shows are there. */
export async function startTexts(): Promise<void> {
  document.documentElement.lang = currentLanguage();
  await Promise.all(everywhere.map((feature) => loadTexts(feature)));
}

/** Changes the page's language, once its texts are there, and remembers it on this device. */
export async function setLanguage(language: Language): Promise<void> {
  chosen = language;
  await Promise.all([...wanted].map((feature) => loadTexts(feature, language)));
  if (chosen !== language) return;
  await putInForce(language);
  document.documentElement.lang = language;
  rememberLanguage(language);
}
