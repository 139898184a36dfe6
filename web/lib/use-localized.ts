import { useCallback } from 'react';
import { useLanguage } from './i18n/use-translation.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';

/** Picks the text in the page's language. */
export function useLocalized(): (text: LocalizedText) => string {
  const language = useLanguage();
  return useCallback((text) => (language === 'zh-CN' ? text.zh : text.en), [language]);
}
