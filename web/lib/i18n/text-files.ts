import type { Language } from './language.ts';
import { givenTexts } from './text-rooms.ts';
import type { Texts } from './texts.ts';

const files = import.meta.glob<Texts>(
  ['#web/lib/i18n/locales/*.json', '#web/{app,app/*,features/*,features/runs/*}/locales/*.json'],
  { import: 'default' },
);
/** What brings the texts of a room in a language, by both names. */
const loaders = new Map(
  Object.entries(files).map(([path, load]) => {
    const [room = '', , file = ''] = path.split('/').slice(-3);
    return [`${file.replace('.json', '')} ${room === 'i18n' ? 'common' : room}`, load];
  }),
);
const given = readGiven();

/** The texts that came with the document, so that they need no files of their own. */
function readGiven(): Partial<Record<string, Texts>> {
  const written = typeof document === 'undefined' ? null : document.getElementById(givenTexts)?.textContent;
  return written ? (JSON.parse(written) as Partial<Record<string, Texts>>) : {};
}

/** What brings the texts of a feature in a language, if there are any. */
export function textsLoader(feature: string, language: Language): (() => Promise<Texts>) | undefined {
  const name = `${language} ${feature}`;
  const texts = given[name];
  return texts === undefined ? loaders.get(name) : () => Promise.resolve(texts);
}
