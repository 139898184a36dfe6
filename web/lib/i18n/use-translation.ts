import { use, useSyncExternalStore } from 'react';
import type { Language } from './language.ts';
import { findComing } from './load-texts.ts';
import { currentLanguage, type Translate, translationOf, watchLanguage } from './texts.ts';

/** The language in force, now and when it changes. */
export function useLanguage(): Language {
  return useSyncExternalStore(watchLanguage, currentLanguage, currentLanguage);
}

/**
 * The texts of a feature; suspends until they are there, so that no key is ever shown.
 *
 * @param others - further features of which single texts are asked for, as `tools:bench.try`
 */
export function useTranslation(feature: string, ...others: string[]): { t: Translate; language: Language } {
  const language = useLanguage();
  for (const name of [feature, ...others]) {
    const coming = findComing(name, language);
    if (coming !== null) use(coming);
  }
  return { t: translationOf(language, feature), language };
}
