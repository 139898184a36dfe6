import { useEffect, useState } from 'react';
import type { sayOfChain } from '#server/contract/chain-words.ts';
import { useLanguage } from '#web/lib/i18n/use-translation.ts';

/** Words of a reading as they are shown, with the language that they are in. */
export type SaidWords = { lang: string; children: string };

/** Says what a reading warns of in the page's language; in English until the Chinese has come, and where there is none. */
export function useChainWords(): (words: string) => SaidWords {
  const language = useLanguage();
  const [say, setSay] = useState<typeof sayOfChain | null>(null);
  useEffect(() => {
    if (language === 'en') return;
    void import('#server/contract/chain-words.ts').then(
      (words) => setSay(() => words.sayOfChain),
      () => undefined,
    );
  }, [language]);
  return (words) => {
    const said = language === 'en' || say === null ? words : say(words, 'zh');
    return { lang: said === words ? 'en' : 'zh-CN', children: said };
  };
}
