import { type Language, rememberLanguage } from './language.ts';
import { textsLoader } from './text-files.ts';
import { everywhere } from './text-rooms.ts';
import { addTexts, currentLanguage, hasTexts, putInForce } from './texts.ts';

const loading = new Map<string, Promise<void>>();
/** The features whose texts were asked for: a change of the language brings them all. */
const wanted = new Set(everywhere);
let chosen = currentLanguage();

/** Has the texts of a feature there, in this language and in those that are changed to; the same promise while they come. */
export function loadTexts(feature: string, language: Language = currentLanguage()): Promise<void> {
  wanted.add(feature);
  const name = `${language} ${feature}`;
  const known = loading.get(name);
  if (known !== undefined) return known;
  const coming: Promise<void> = fetchTexts(feature, language);
  loading.set(name, coming);
  coming.then(
    // React reads this, so that nobody who comes later waits for a moment.
    () => Object.assign(coming, { status: 'fulfilled', value: undefined }),
    // One that failed has a new chance.
    () => loading.delete(name),
  );
  return coming;
}

/**
 * What a component that shows a feature's texts waits for; null where they were given without loading.
 *
 * Also when they have come: who has waited must come by the same promise again, or React loses the hooks that follow.
 */
export function findComing(feature: string, language: Language): Promise<void> | null {
  return hasTexts(language, feature) && !loading.has(`${language} ${feature}`) ? null : loadTexts(feature, language);
}

async function fetchTexts(feature: string, language: Language): Promise<void> {
  if (hasTexts(language, feature)) return;
  const load = textsLoader(feature, language);
  if (load === undefined) throw new Error(`There are no texts of "${feature}".`);
  addTexts(language, feature, await load());
}

/** Starts the page's texts in the person's language; resolves once those that every page shows are there. */
export async function startTexts(): Promise<void> {
  document.documentElement.lang = currentLanguage();
  await Promise.all(everywhere.map((feature) => loadTexts(feature)));
}

/** Starts the texts of a page in another site's frame, in the language that the site asks for. Nothing is remembered. */
export async function startTextsOf(features: string[], language: Language): Promise<void> {
  document.documentElement.lang = language;
  await Promise.all(features.map((feature) => loadTexts(feature, language)));
  putInForce(language);
}

/** Changes the page's language, once its texts are there, and remembers it on this device. */
export async function setLanguage(language: Language): Promise<void> {
  chosen = language;
  await Promise.all([...wanted].map((feature) => loadTexts(feature, language)));
  if (chosen !== language) return;
  putInForce(language);
  document.documentElement.lang = language;
  rememberLanguage(language);
}
