import type { IncomingHttpHeaders } from 'node:http';

/** The language of the hub's own words that a client asks for: the first that it names of those that there are, else English. */
export function readLanguage(headers: IncomingHttpHeaders): 'en' | 'zh' {
  const tag = headers['accept-language']?.split(',').find((one) => /^\s*(en|zh)\b/i.test(one));
  return tag !== undefined && /zh/i.test(tag) ? 'zh' : 'en';
}

/** The BCP 47 tag of a language of the hub's own words. */
export const toLanguageTag = (language: 'en' | 'zh') => (language === 'zh' ? 'zh-CN' : 'en');
