import type { LocalizedText } from './localized-text.ts';

/** What an agent is asked about a firing, where the alert's owner wrote no question of their own. */
export const usualAlertQuestion: LocalizedText = {
  en: 'An alert of mine fired. Say in a few sentences what happened and what it means, and cite the facts below.',
  zh: '我的提醒触发了。请用几句话说明发生了什么以及意味着什么，并引用下面的数据。',
};
