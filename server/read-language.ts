import type { IncomingHttpHeaders } from 'node:http';

/** The language of the hub's own words that a client asks for; English unless Chinese comes first. */
export const readLanguage = (headers: IncomingHttpHeaders): 'en' | 'zh' =>
  headers['accept-language']?.trim().toLowerCase().startsWith('zh') === true ? 'zh' : 'en';
