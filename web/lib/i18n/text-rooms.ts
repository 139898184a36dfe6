/** Where a document holds the texts of its page, by language and feature. */
export const givenTexts = 'texts';
/** The texts that every page shows. */
export const everywhere = ['common', 'app'];

/** Where texts stand that are no feature's as a whole, from `web/`: what few people or answers show is loaded with what shows it. */
export const textRooms: Readonly<Record<string, string>> = {
  common: 'lib/i18n',
  app: 'app',
  palette: 'app/palette',
  settings: 'app/settings',
  remarks: 'features/runs/remarks',
  transactions: 'features/runs/transactions',
  waits: 'features/runs/waits',
};

/** The file of a feature's texts in a language, from `web/`. */
export const toTextFile = (feature: string, language: string) =>
  `${textRooms[feature] ?? `features/${feature}`}/locales/${language}.json`;
