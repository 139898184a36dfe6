import type { DateTime, Zone } from 'luxon';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError } from '#server/hub-error.ts';

/**
 * Reads a moment from text: ISO 8601, `YYYY-MM-DD HH:mm`, Unix seconds or milliseconds, `now`, `today`, `tomorrow`, `yesterday`.
 *
 * A text with an offset keeps its moment and is shown in `zone`; one without is a local time there.
 *
 * @throws {HubError} `validation_failed`, naming the field
 */
export async function readMoment({
  text,
  zone,
  now,
  field,
}: {
  text: string;
  zone: Zone;
  now: Date;
  field: string;
}): Promise<{ moment: DateTime; notes: LocalizedText[] }> {
  const { DateTime } = await import('luxon');
  const trimmed = text.trim();
  const current = DateTime.fromJSDate(now, { zone });
  const day = new Map([
    ['now', current],
    ['现在', current],
    ['today', current.startOf('day')],
    ['今天', current.startOf('day')],
    ['tomorrow', current.startOf('day').plus({ days: 1 })],
    ['明天', current.startOf('day').plus({ days: 1 })],
    ['yesterday', current.startOf('day').minus({ days: 1 })],
    ['昨天', current.startOf('day').minus({ days: 1 })],
  ]).get(trimmed.toLowerCase());
  if (day !== undefined) return { moment: day, notes: [] };
  if (/^-?\d{9,14}$/.test(trimmed)) {
    const number = Number(trimmed);
    const milliseconds = trimmed.length > 11 ? number : number * 1000;
    return { moment: DateTime.fromMillis(milliseconds, { zone }), notes: [] };
  }
  const iso = DateTime.fromISO(trimmed, { zone });
  const moment = iso.isValid ? iso : DateTime.fromSQL(trimmed, { zone });
  if (moment.isValid) return { moment, notes: noteClockChange(trimmed, moment) };
  const detail = {
    en: `"${trimmed.slice(0, 60)}" is not a date or time that exists. Write it as 2026-03-29 or 2026-03-29T14:30.`,
    zh: `“${trimmed.slice(0, 60)}”不是存在的日期或时间。请写成 2026-03-29 或 2026-03-29T14:30。`,
  };
  throw new HubError('validation_failed', detail, { errors: [{ path: field, message: detail }] });
}

/** Local times that clocks skip or show twice, in words; silence here would be an error of an hour. */
function noteClockChange(text: string, moment: DateTime): LocalizedText[] {
  if (/(?:z|[+-]\d{2}:?\d{2})$/i.test(text) || !/[t ]\d/i.test(text)) return [];
  const written = /(\d{2}):?(\d{2})?/.exec(text.slice(text.search(/[t ]\d/i) + 1));
  if (written && Number(written[1]) % 24 !== moment.hour) return [skipped];
  return moment.getPossibleOffsets().length > 1 ? [twice] : [];
}

const skipped = {
  en: 'This local time does not exist: clocks skip it on that day. The time after the change is used.',
  zh: '这个当地时间不存在：当天时钟拨快，跳过了它。这里使用拨快之后的时间。',
};
const twice = {
  en: 'This local time happens twice on that day, because clocks are set back. The first one is used; add an offset to choose.',
  zh: '这个当地时间当天出现两次，因为时钟拨慢。这里使用第一次；要指定请加上偏移量。',
};
