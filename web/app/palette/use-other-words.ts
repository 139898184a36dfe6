import { useCallback, useEffect, useState } from 'react';
import { type Language, languages } from '#web/lib/i18n/language.ts';
import { loadTexts } from '#web/lib/i18n/load-texts.ts';
import { type Translate, translationOf } from '#web/lib/i18n/texts.ts';
import { useLanguage } from '#web/lib/i18n/use-translation.ts';

const features = ['common', 'app', 'palette'];

/** Says a text in the languages that are not in force, once their texts have come: things are found by these words too. */
export function useOtherWords(): (say: (t: Translate) => string) => string {
  const language = useLanguage();
  const [come, setCome] = useState<readonly Language[]>([]);
  useEffect(() => {
    let isOpen = true;
    const others = (Object.keys(languages) as Language[]).filter((other) => other !== language);
    const coming = others.flatMap((other) => features.map((feature) => loadTexts(feature, other)));
    // Without them the words in force still find everything.
    Promise.all(coming).then(
      () => isOpen && setCome(others),
      () => undefined,
    );
    return () => {
      isOpen = false;
    };
  }, [language]);
  return useCallback((say) => come.map((other) => say(translationOf(other, 'palette'))).join(' '), [come]);
}
