import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { findLanguage, isLanguage, type Language, rememberLanguage } from './language.ts';

type Resources = Record<string, Record<string, unknown>>;

const loaders: Record<Language, () => Promise<{ resources: Resources }>> = {
  en: () => import('./en.ts'),
  'zh-CN': () => import('./zh-cn.ts'),
};

/** The texts of features that only their own pages show. */
const further = import.meta.glob<Record<string, unknown>>('/features/{hub,memories,toolsets,triggers}/locales/*.json', {
  import: 'default',
});
const wanted = new Set<string>();

async function load(language: Language): Promise<void> {
  const [{ resources }] = await Promise.all([loaders[language](), ...[...wanted].map((name) => add(language, name))]);
  for (const [namespace, texts] of Object.entries(resources)) i18next.addResourceBundle(language, namespace, texts);
}

async function add(language: Language, feature: string): Promise<void> {
  const texts = await further[`/features/${feature}/locales/${language}.json`]?.();
  i18next.addResourceBundle(language, feature, texts ?? {});
}

/** Has the texts of a feature there for its page, now and when the language changes. */
export async function loadTexts(feature: 'hub' | 'memories' | 'toolsets' | 'triggers'): Promise<void> {
  wanted.add(feature);
  const language = currentLanguage();
  // Before the page has started, they come with its other texts.
  if (i18next.hasResourceBundle(language, 'common') && !i18next.hasResourceBundle(language, feature)) {
    await add(language, feature);
  }
}

/** Starts the page's texts in the person's language; resolves once they are there. */
export async function startI18n(language: Language = findLanguage()): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: {},
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  await setLanguage(language);
}

/** Changes the page's language and remembers it on this device. */
export async function setLanguage(language: Language): Promise<void> {
  const isThere = ['common', ...wanted].every((name) => i18next.hasResourceBundle(language, name));
  if (!isThere) await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  rememberLanguage(language);
}

/** The language in force. */
export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : 'en';
}
