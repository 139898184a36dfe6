import { readFileSync } from 'node:fs';
import { toTextFile } from '#web/lib/i18n/text-rooms.ts';
import { fillIn } from '#web/lib/i18n/texts.ts';

/** A text of the page by `feature:key`, with its values. */
export type Say = (key: string, values?: Record<string, string | number>) => string;

/** What the page says in a language, as its files have it. @throws {Error} when there is no such text */
export function sayIn(language: string): Say {
  return (key, values = {}) => {
    const [feature = '', path = ''] = key.split(':');
    const texts: unknown = JSON.parse(readFileSync(`web/${toTextFile(feature, language)}`, 'utf8'));
    const text = path.split('.').reduce<unknown>((found, part) => (found as Record<string, unknown>)[part], texts);
    if (typeof text !== 'string') throw new Error(`There is no text ${key} in ${language}.`);
    return fillIn(text, values);
  };
}
