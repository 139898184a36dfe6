import type { LocalizedText } from './localized-text.ts';

/** What is said of a source of which the parser says nothing. */
export const unreadableSource: LocalizedText = {
  en: 'This is not Solidity that can be read.',
  zh: '无法识别为 Solidity。',
};

/** Why a source could not be read: the hub's own sentence in the languages of the page, a parser's as it said it. Pure. */
export const toUnreadWords = (problem: string): LocalizedText =>
  problem === unreadableSource.en ? unreadableSource : { en: problem, zh: problem };
