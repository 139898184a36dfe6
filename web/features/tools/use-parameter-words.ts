import { useEffect, useState } from 'react';
import { isToolsetTool } from '#server/contract/identifier.ts';
import type { JsonValue } from '#server/contract/json.ts';
import { loadOnce } from '#web/lib/load-once.ts';
import { useLanguage } from '#web/lib/i18n/use-translation.ts';
import { toChoiceText } from './schema-fields.ts';

const loadWords = loadOnce(() => import('#server/contract/parameter-words.ts'));

/** How parameters of a tool are said. */
export type ParameterWords = {
  /** What one is, with its language where that is known. */
  describe: (description: string) => { lang?: string; children: string };
  /** A value that one offers: itself, and what it says. */
  sayChoice: (choice: JsonValue) => string;
};

/** Says what parameters of a tool are in the page's language; in the tool's own words until the Chinese has come, and where the tool is a stranger's. */
export function useParameterWords(toolId: string): ParameterWords {
  const isNeeded = useLanguage() !== 'en' && !isToolsetTool(toolId);
  const [loaded, setLoaded] = useState<Awaited<ReturnType<typeof loadWords>> | null>(null);
  useEffect(() => {
    if (isNeeded) void loadWords().then(setLoaded, () => undefined);
  }, [isNeeded]);
  const words = isNeeded ? loaded : null;
  return {
    describe: (description) => {
      const said = words?.findParameterWords(description);
      return said ? { lang: 'zh-CN', children: said } : { children: description };
    },
    sayChoice: (choice) => {
      const text = toChoiceText(choice);
      const said = words?.findChoiceWords(text);
      return said ? `${text}（${said}）` : text;
    },
  };
}
