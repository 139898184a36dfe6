import { useTranslation } from 'react-i18next';
import type { LocalizedText } from '#server/contract/tool.ts';

/** Picks the text in the page's language. */
export function useLocalized(): (text: LocalizedText) => string {
  const { i18n } = useTranslation();
  return (text) => (i18n.language.startsWith('zh') ? text.zh : text.en);
}
