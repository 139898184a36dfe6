import { use, useSyncExternalStore } from 'react';
import type { Language } from './language.ts';
import { loadTexts } from './load-texts.ts';
import { currentLanguage, hasTexts, type Translate, translationOf, watchLanguage } from './texts.ts';

/** The language in force, now and when it changes. */
export function useLanguage(): Language {
  return useSyncExternalStore(watchLanguage, currentLanguage);
}

/** The texts of a feature; suspends until they are there, so that no key is ever shown. */
export function useTranslation(feature: string): { t: Translate; language: Language } {
  const language = useLanguage();
  if (!hasTexts(language, feature)) use(loadTexts(feature, language));
  return { t: translationOf(language, feature), language };
}
