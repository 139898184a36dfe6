import { findAll, hide, type Found } from './found.ts';
import { readSmallNumber } from './small-numbers.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthWord = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';

const aliases: Record<string, string> = {
  beijing: 'Asia/Shanghai',
  china: 'Asia/Shanghai',
  shenzhen: 'Asia/Shanghai',
  hangzhou: 'Asia/Shanghai',
  北京: 'Asia/Shanghai',
  上海: 'Asia/Shanghai',
  中国: 'Asia/Shanghai',
  深圳: 'Asia/Shanghai',
  香港: 'Asia/Hong_Kong',
  台北: 'Asia/Taipei',
  东京: 'Asia/Tokyo',
  日本: 'Asia/Tokyo',
  japan: 'Asia/Tokyo',
  首尔: 'Asia/Seoul',
  韩国: 'Asia/Seoul',
  新加坡: 'Asia/Singapore',
  mumbai: 'Asia/Kolkata',
  delhi: 'Asia/Kolkata',
  india: 'Asia/Kolkata',
  bangalore: 'Asia/Kolkata',
  印度: 'Asia/Kolkata',
  孟买: 'Asia/Kolkata',
  迪拜: 'Asia/Dubai',
  悉尼: 'Australia/Sydney',
  伦敦: 'Europe/London',
  英国: 'Europe/London',
  'united kingdom': 'Europe/London',
  巴黎: 'Europe/Paris',
  法国: 'Europe/Paris',
  france: 'Europe/Paris',
  柏林: 'Europe/Berlin',
  德国: 'Europe/Berlin',
  germany: 'Europe/Berlin',
  munich: 'Europe/Berlin',
  geneva: 'Europe/Zurich',
  苏黎世: 'Europe/Zurich',
  莫斯科: 'Europe/Moscow',
  马德里: 'Europe/Madrid',
  罗马: 'Europe/Rome',
  纽约: 'America/New_York',
  washington: 'America/New_York',
  boston: 'America/New_York',
  miami: 'America/New_York',
  芝加哥: 'America/Chicago',
  'san francisco': 'America/Los_Angeles',
  seattle: 'America/Los_Angeles',
  california: 'America/Los_Angeles',
  洛杉矶: 'America/Los_Angeles',
  旧金山: 'America/Los_Angeles',
  西雅图: 'America/Los_Angeles',
  austin: 'America/Chicago',
  多伦多: 'America/Toronto',
  温哥华: 'America/Vancouver',
  utc: 'UTC',
  gmt: 'UTC',
  世界协调时: 'UTC',
};

function listPlaces(): Map<string, string> {
  const places = new Map(Object.entries(aliases));
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    const place = zone.split('/').at(-1)?.replaceAll('_', ' ').toLowerCase() ?? '';
    if (place.length > 3 && !places.has(place)) places.set(place, zone);
  }
  return places;
}

const places = listPlaces();
const placePattern = new RegExp(
  `(?<![\\p{L}/])(?:${[...places.keys()]
    .filter((place) => /^[a-z]/.test(place))
    .sort((left, right) => right.length - left.length)
    .join('|')})(?![\\p{L}/])` + `|${[...places.keys()].filter((place) => !/^[a-z]/.test(place)).join('|')}`,
  'giu',
);

const unitWords: [RegExp, string][] = [
  [/^(?:s|sec|秒)/i, 'seconds'],
  [/^(?:min|分)/i, 'minutes'],
  [/^(?:h|小时|个小时)/i, 'hours'],
  [/^(?:d|天|日)/i, 'days'],
  [/^(?:w|周|个?星期|个?礼拜)/i, 'weeks'],
  [/^(?:mo|个?月)/i, 'months'],
  [/^(?:y|年)/i, 'years'],
];

function isoDate(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : null;
}

function monthNumber(word: string | undefined): number {
  return months.indexOf((word ?? '').slice(0, 3).toLowerCase()) + 1;
}

/** Dates as ISO 8601; "today", "明天" and the like count from `now`. */
export function recogniseDates(text: string, now: Date): Found[] {
  const shifted = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const relative: Record<string, number> = {
    today: 0,
    今天: 0,
    tomorrow: 1,
    明天: 1,
    后天: 2,
    yesterday: -1,
    昨天: -1,
    前天: -2,
  };
  return [
    ...findAll(
      text,
      /\b(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?))?(?!\d)/g,
      'date',
      ([, year, month, day, time]) => {
        const date = isoDate(Number(year), Number(month), Number(day));
        return date === null || time === undefined ? date : `${date}T${time}`;
      },
    ),
    ...findAll(
      text,
      new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?${monthWord},?\\s+(\\d{4})\\b`, 'gi'),
      'date',
      ([, day, month, year]) => isoDate(Number(year), monthNumber(month), Number(day)),
    ),
    ...findAll(
      text,
      new RegExp(`\\b${monthWord}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})\\b`, 'gi'),
      'date',
      ([, month, day, year]) => isoDate(Number(year), monthNumber(month), Number(day)),
    ),
    ...findAll(text, /(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]/g, 'date', ([, year, month, day]) =>
      isoDate(Number(year), Number(month), Number(day)),
    ),
    ...findAll(
      text,
      /(?<![\d:T-])(\d{1,2})(?::(\d{2}))?\s*(am|pm)\b|(?<![\d:T-])([01]?\d|2[0-3])[:：]([0-5]\d)(?![\d:])/gi,
      'date',
      ([, hour, minute, half, hour24, minute24]) =>
        half === undefined
          ? `${shifted(0)}T${(hour24 ?? '').padStart(2, '0')}:${minute24 ?? '00'}`
          : `${shifted(0)}T${String((Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)).padStart(2, '0')}:${minute ?? '00'}`,
    ),
    ...findAll(text, /\b(?:today|tomorrow|yesterday)\b|今天|明天|后天|昨天|前天/gi, 'date', ([word]) =>
      shifted(relative[word.toLowerCase()] ?? 0),
    ),
  ];
}

/** "The last week", "过去三个月": how long back, where no digits say it. */
function recogniseSpansBack(text: string): Found[] {
  return findAll(
    text,
    /\b(?:last|past|previous)\s+(?:(one|two|three|four|five|six|seven|eight|nine|ten|twelve|thirty|ninety)\s+)?(hours?|days?|weeks?|months?|years?)\b|(?:最近|过去|近|(?<![网链])上)(?:的)?(?:([一二两三四五六七八九十]{1,3})?\s*)(?:个)?(小时|天|周(?!末)|星期|月|年)/gi,
    'duration',
    ([, english, englishUnit, chinese, chineseUnit]) => {
      const unit = unitWords.find(([pattern]) => pattern.test(englishUnit ?? chineseUnit ?? ''))?.[1];
      const amount = readSmallNumber(english ?? chinese ?? 'one');
      return unit === undefined || amount === null ? null : { amount, unit };
    },
  );
}

/** Spans of time as `{ amount, unit }`; negative for "ago", "before", "前". */
export function recogniseDurations(text: string): Found[] {
  const numbered = recogniseNumberedSpans(text);
  return [...numbered, ...recogniseSpansBack(hide(text, numbered))];
}

function recogniseNumberedSpans(text: string): Found[] {
  return findAll(
    text,
    /(\d+(?:\.\d+)?)\s*(seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|秒钟?|分钟|个?小时|天|周|个?星期|个?礼拜|个月|年)(?![a-z\d])(?:\s*(ago|before|earlier|之?前|以前))?/gi,
    'duration',
    ([, amount, word = '', back]) => {
      const unit = unitWords.find(([pattern]) => pattern.test(word))?.[1];
      return unit === undefined ? null : { amount: Number(amount) * (back === undefined ? 1 : -1), unit };
    },
  );
}

/** Time zones by IANA name, by city, or by distance from UTC. */
export function recogniseTimeZones(text: string): Found[] {
  const offsets = findAll(
    text,
    /\b(?:UTC|GMT)\s*([+-])(\d{1,2})(?::?(\d{2}))?\b/gi,
    'time-zone',
    ([, sign, hours = '', minutes]) =>
      minutes === undefined || minutes === '00'
        ? `Etc/GMT${sign === '+' ? '-' : '+'}${Number(hours)}`
        : `${sign}${hours.padStart(2, '0')}:${minutes}`,
  );
  const named = findAll(
    text,
    /\b(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc)\/[A-Za-z_+\-/0-9]+/g,
    'time-zone',
  );
  const taken = [...offsets, ...named];
  const cities = findAll(text, placePattern, 'time-zone', ([place]) => places.get(place.toLowerCase()) ?? null);
  return [
    ...taken,
    ...cities.filter((city) => !taken.some((other) => city.start < other.end && other.start < city.end)),
  ];
}
