/** Where a document holds the texts of its page, by language and feature. */
export const givenTexts = 'texts';
/** The texts that every page shows. */
export const everywhere = ['common', 'app'];

const rooms: Record<string, string> = { common: 'lib/i18n', app: 'app' };

/** The file of a feature's texts in a language, from `web/`. */
export const toTextFile = (feature: string, language: string) =>
  `${rooms[feature] ?? `features/${feature}`}/locales/${language}.json`;
