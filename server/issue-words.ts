import { z } from 'zod';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { ownWordsInChinese } from '#server/contract/own-words.ts';
import type { HubIssue } from './hub-error.ts';
import { toSchemaWords } from './schema-issue-words.ts';

/** An issue as Zod hands it out: its members besides these three are the details. */
type ZodIssue = { code: string; message: string; details: Record<string, unknown> };

const { localeError: sayInEnglish } = z.locales.en();
const { localeError: sayInChinese } = z.locales.zhCN();

/** What Zod says of an issue, in both languages; a schema's own words have no other Chinese than `own-words.ts`. Pure. */
export function toIssueWords({ code, message, details }: ZodIssue): LocalizedText {
  const own = ownWordsInChinese[message];
  if (own !== undefined) return { en: message, zh: own };
  if (code === 'custom') return toSchemaWords(message);
  // By way of unknown: the shape of an issue is Zod's own, told apart by its code.
  const issue = { code, ...details } as unknown as z.core.$ZodRawIssue;
  // What was received is not kept in an issue, only in its English words.
  const received = code === 'invalid_type' ? /, received (.+)$/.exec(message)?.[1] : undefined;
  if (received === undefined && sayInEnglish(issue) !== message) return { en: message, zh: message };
  const said = sayInChinese(issue);
  const zh = typeof said === 'string' ? said : said?.message;
  if (zh === undefined) return { en: message, zh: message };
  return { en: message, zh: received === undefined ? zh : zh.replace(/实际接收 .*$/, `实际接收 ${received}`) };
}

/** What a schema refused, issue by issue, in both languages. Pure. */
export const toSaidIssues = (issues: readonly z.core.$ZodIssue[]): HubIssue[] =>
  issues.map(({ code, path, message, ...details }) => ({
    path: path.join('.'),
    message: toIssueWords({ code, message, details }),
  }));

/** Issues in one line, each with its path. Pure. */
export const listIssues = (issues: readonly HubIssue[]): LocalizedText => ({
  en: issues.map(({ path, message: { en } }) => (path === '' ? en : `${path}: ${en}`)).join('; '),
  zh: issues.map(({ path, message: { zh } }) => (path === '' ? zh : `${path}：${zh}`.replace(/。$/, ''))).join('；'),
});
