import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { findLanguage, isLanguage, type Language, rememberLanguage } from './language.ts';

type Resources = Record<string, Record<string, unknown>>;

const loaders: Record<Language, () => Promise<{ resources: Resources }>> = {
  en: () => import('./en.ts'),
  'zh-CN': () => import('./zh-cn.ts'),
};

async function load(language: Language): Promise<void> {
  const { resources } = await loaders[language]();
  for (const [namespace, texts] of Object.entries(resources)) i18next.addResourceBundle(language, namespace, texts);
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
  if (!i18next.hasResourceBundle(language, 'common')) await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  rememberLanguage(language);
}

/** The language in force. */
export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : 'en';
}
