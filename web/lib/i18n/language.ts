/** The page's languages, each named in itself. */
export const languages = { en: 'English', 'zh-CN': '简体中文' } as const;
export type Language = keyof typeof languages;

const storageKey = 'atrium.language';

export function isLanguage(value: string | null | undefined): value is Language {
  return value === 'en' || value === 'zh-CN';
}

/** The first of the page's languages that the browser wishes for, else English: what its own requests ask for. */
export function browserLanguage(): Language {
  const wish = navigator.languages.find((tag) => /^(en|zh)\b/i.test(tag));
  return wish?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

/** The language chosen on this device, else the browser's, else English. */
export function findLanguage(): Language {
  // Where the hub draws a first view, it puts one in force each time.
  if (typeof window === 'undefined') return 'en';
  try {
    const chosen = localStorage.getItem(storageKey);
    if (isLanguage(chosen)) return chosen;
  } catch {
    // Without storage the browser's own wish decides.
  }
  return browserLanguage();
}

export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // The choice then lasts as long as the page.
  }
}
