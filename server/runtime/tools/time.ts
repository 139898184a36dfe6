import type { DateTime } from 'luxon';
import { z } from 'zod';
import { HubError } from '#server/hub-error.ts';
import type { ToolPorts } from './ports.ts';
import { findTimeZone } from './time/find-time-zone.ts';
import { readMoment } from './time/read-moment.ts';
import { defineTool } from './tool.ts';

const moment = (what: string) => z.string().trim().min(1).max(64).describe(what);
const zone = (what: string) => z.string().trim().min(1).max(64).describe(what);
const part = () => z.number().int().min(-1_000_000_000).max(1_000_000_000).optional();

const Input = z.strictObject({
  action: z
    .enum(['now', 'convert', 'difference', 'add'])
    .default('now')
    .describe(
      'now: the current time. convert: a time into another zone. difference: from time to until. add: a duration to a time.',
    ),
  timeZone: zone(
    'IANA time zone, city or offset in which times without an offset are read and shown, e.g. "Asia/Shanghai".',
  ).default('UTC'),
  toTimeZone: zone('For convert: the zone to show the time in.').optional(),
  time: moment(
    'The time, e.g. "2026-03-29T14:30", "2026-03-29", Unix seconds, "now" or "today". Now when left out.',
  ).optional(),
  until: moment('For difference: the end, written like time.').optional(),
  duration: z
    .strictObject({
      years: part(),
      months: part(),
      weeks: part(),
      days: part(),
      hours: part(),
      minutes: part(),
      seconds: part(),
    })
    .optional()
    .describe('For add: what to add; negative numbers go back.'),
});

const Moment = z.object({
  iso: z.string().describe('ISO 8601 with offset.'),
  timeZone: z.string(),
  offset: z.string(),
  weekday: z.string(),
  unixSeconds: z.number(),
});

const Output = z.object({
  time: Moment,
  result: Moment.optional().describe('The converted time, the end of the difference, or the sum.'),
  difference: z
    .object({
      totalSeconds: z.number(),
      totalDays: z.number().describe('Days of 24 hours.'),
      calendarDays: z.number().describe('Midnights between the two, in the time zone.'),
      calendar: z
        .record(z.string(), z.number())
        .describe('Years, months, days, hours, minutes and seconds on the calendar.'),
    })
    .optional(),
  notes: z.array(z.string()),
});

/** The clock and the calendar: time zones, differences and sums, right across daylight-saving changes. */
export function createTimeTool({ now }: Pick<ToolPorts, 'now'>) {
  return defineTool({
    id: 'time',
    title: { en: 'Time and dates', zh: '时间与日期' },
    description: {
      en:
        'Tells the current date and time in any time zone, converts between time zones, finds the difference between two dates, ' +
        'and adds durations to dates. Use it whenever today, now, a deadline or a time zone matters.',
      zh: '查询任意时区的当前日期和时间，在时区之间换算，计算两个日期相差多久，给日期加减时长。凡涉及今天、现在、截止日期或时区时使用。',
    },
    category: 'basics',
    effect: 'read',
    untrusted: false,
    input: Input,
    output: Output,
    timeoutMs: 20_000,
    maximumResultBytes: 8_000,
    intent: ({ action, timeZone }, language) => {
      const intents = {
        now: { en: `Looking at the clock (${timeZone})`, zh: `查看时间（${timeZone}）` },
        convert: { en: 'Converting a time', zh: '换算时区' },
        difference: { en: 'Counting the time between two dates', zh: '计算时间差' },
        add: { en: 'Adding to a date', zh: '推算日期' },
      };
      return intents[action][language];
    },
    run: async ({ action, timeZone, toTimeZone, time = 'now', until, duration }, { language }) => {
      const home = await findTimeZone(timeZone, 'timeZone');
      const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
      const start = await readMoment({ text: time, zone: home, now: now(), field: 'time' });
      const show = (value: DateTime) => toShown(value, locale);
      const base = { time: show(start.moment), notes: start.notes.map((note) => note[language]) };
      switch (action) {
        case 'now':
          return { output: base };
        case 'convert': {
          const away = await findTimeZone(toTimeZone ?? missing('toTimeZone', 'convert'), 'toTimeZone');
          return { output: { ...base, result: show(start.moment.setZone(away)) } };
        }
        case 'add':
          return {
            output: { ...base, result: show(start.moment.plus(withoutGaps(duration ?? missing('duration', 'add')))) },
          };
        case 'difference': {
          const text = until ?? missing('until', 'difference');
          const end = await readMoment({ text, zone: home, now: now(), field: 'until' });
          const difference = toDifference(start.moment, end.moment);
          const notes = [...base.notes, ...end.notes.map((note) => note[language])];
          return { output: { ...base, result: show(end.moment), difference, notes } };
        }
      }
    },
  });
}

function missing(field: string, action: string): never {
  const message = { en: `The action "${action}" needs "${field}".`, zh: `操作 "${action}" 需要 "${field}"。` };
  throw new HubError('validation_failed', message, { errors: [{ path: field, message }] });
}

function toShown(value: DateTime, locale: string): z.output<typeof Moment> {
  const iso = value.toISO({ suppressMilliseconds: true });
  if (iso === null)
    throw new HubError('validation_failed', {
      en: 'The date is beyond the years that the calendar covers.',
      zh: '该日期超出日历所涵盖的年份。',
    });
  return {
    iso,
    timeZone: value.zoneName ?? 'UTC',
    offset: value.toFormat('ZZ'),
    weekday: value.setLocale(locale).toFormat('cccc'),
    unixSeconds: value.toSeconds(),
  };
}

function toDifference(from: DateTime, to: DateTime) {
  const totalSeconds = (to.toMillis() - from.toMillis()) / 1000;
  const calendar = to.diff(from, ['years', 'months', 'days', 'hours', 'minutes', 'seconds']).toObject();
  return {
    totalSeconds,
    totalDays: Math.round((totalSeconds / 86_400) * 1e6) / 1e6,
    calendarDays: Math.round(
      to
        .startOf('day')
        .setZone('UTC', { keepLocalTime: true })
        .diff(from.startOf('day').setZone('UTC', { keepLocalTime: true }), 'days').days,
    ),
    calendar: withoutGaps(calendar),
  };
}

function withoutGaps(parts: object): Record<string, number> {
  return Object.fromEntries(
    Object.entries(parts).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}
