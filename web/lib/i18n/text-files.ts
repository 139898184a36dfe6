import type { Language } from './language.ts';
import type { Texts } from './texts.ts';

const files = import.meta.glob<Texts>(
  ['#web/lib/i18n/locales/*.json', '#web/app/locales/*.json', '#web/features/*/locales/*.json'],
  { import: 'default' },
);
/** What brings the texts of a room in a language, by both names. */
const loaders = new Map(
  Object.entries(files).map(([path, load]) => {
    const [room = '', , file = ''] = path.split('/').slice(-3);
    return [`${file.replace('.json', '')} ${room === 'i18n' ? 'common' : room}`, load];
  }),
);
/** What brings the texts of a feature in a language, if there are any. */
export const textsLoader = (feature: string, language: Language) => loaders.get(`${language} ${feature}`);
