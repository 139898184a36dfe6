import { useCallback } from 'react';
import { toShownName } from '#server/contract/agent-translation.ts';
import { useLanguage } from './i18n/use-translation.ts';

/** Says the name of an agent in the page's language. */
export function useShownName(): (agent: Parameters<typeof toShownName>[0]) => string {
  const language = useLanguage();
  return useCallback((agent) => toShownName(agent, language), [language]);
}
