import { currentLanguage, type Translate } from './i18n/texts.ts';
import type { z } from 'zod';

/** The schemas' own words in Chinese, once somebody needed them: few forms ever do. */
let ownWords: Readonly<Record<string, string>> | null = null;

/** Has what a schema says in its own words there in the page's language; null where it is. Without a network, English stays. */
export function findOwnWords(): Promise<void> | null {
  if (ownWords !== null || currentLanguage() === 'en') return null;
  return import('#server/contract/own-words.ts').then(
    ({ ownWordsInChinese }) => {
      ownWords = ownWordsInChinese;
    },
    () => undefined,
  );
}

/** What Zod says of a value where the schema has no words of its own. */
const withoutWords = 'Invalid input';
const formats = ['email', 'url', 'date', 'datetime'];

/** What is wrong with a value, for people; the schema's own words where nothing better is known. */
export function toIssueMessage(issue: z.core.$ZodIssue, translate: Translate): string {
  const say = (key: string, values: Parameters<Translate>[1] = {}) => translate(`common:issue.${key}`, values);
  const sayOwn = (message: string) => {
    if (message === withoutWords) return say('invalid');
    return (currentLanguage() === 'en' ? undefined : ownWords?.[message]) ?? message;
  };
  switch (issue.code) {
    case 'too_small':
      if (issue.origin === 'string')
        return issue.minimum === 1 ? say('required') : say('tooShort', { count: Number(issue.minimum) });
      if (issue.origin === 'array') return say('chooseSome', { count: Number(issue.minimum) });
      return say('tooSmall', { minimum: Number(issue.minimum) });
    case 'too_big':
      if (issue.origin === 'string') return say('tooLong', { count: Number(issue.maximum) });
      if (issue.origin === 'array') return say('tooMany', { count: Number(issue.maximum) });
      return say('tooBig', { maximum: Number(issue.maximum) });
    case 'invalid_type':
      return issue.expected === 'number' || issue.expected === 'int' ? say('number') : say('required');
    case 'invalid_format':
      return formats.includes(issue.format) ? say(issue.format) : sayOwn(issue.message);
    case 'invalid_value':
      return say('choice');
    case 'not_multiple_of':
    case 'unrecognized_keys':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
      return sayOwn(issue.message);
    case 'custom': {
      const { earliest, latest } = issue.params ?? {};
      if (typeof earliest === 'string') return say('earliest', { date: earliest });
      return typeof latest === 'string' ? say('latest', { date: latest }) : sayOwn(issue.message);
    }
  }
}
