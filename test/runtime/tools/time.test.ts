import { describe, expect, test } from 'vitest';
import { createTimeTool } from '#server/runtime/tools/time.ts';
import { callTool } from '#test/support/call-tool.ts';

const time = createTimeTool({ now: () => new Date('2026-03-28T23:30:00Z') });
const ask = async (input: object, language: 'en' | 'zh' = 'en') => (await callTool(time, input, { language })).output;

describe('the time tool', () => {
  test('tells the time in UTC when nothing is asked', async () => {
    expect(await ask({})).toEqual({
      time: {
        iso: '2026-03-28T23:30:00Z',
        timeZone: 'UTC',
        offset: '+00:00',
        weekday: 'Saturday',
        unixSeconds: 1774740600,
      },
      notes: [],
    });
  });

  test.each([
    ['Asia/Shanghai', '2026-03-29T07:30:00+08:00'],
    ['beijing', '2026-03-29T07:30:00+08:00'],
    ['北京时间', '2026-03-29T07:30:00+08:00'],
    ['new york', '2026-03-28T19:30:00-04:00'],
    ['UTC+5:30', '2026-03-29T05:00:00+05:30'],
    ['+8', '2026-03-29T07:30:00+08:00'],
  ])('knows the zone %s', async (timeZone, iso) => {
    expect(await ask({ timeZone })).toMatchObject({ time: { iso } });
  });

  test('names weekdays in the language of the person', async () => {
    expect(await ask({ timeZone: 'Asia/Shanghai' }, 'zh')).toMatchObject({ time: { weekday: '星期日' } });
  });

  test('converts a local time into another zone', async () => {
    const input = {
      action: 'convert',
      time: '2026-07-01 09:00',
      timeZone: 'Europe/Zurich',
      toTimeZone: 'America/Los_Angeles',
    };
    expect(await ask(input)).toMatchObject({ result: { iso: '2026-07-01T00:00:00-07:00' } });
  });

  test('a day is a day on the calendar, also when it has 23 hours', async () => {
    const input = { action: 'add', time: '2026-03-28T12:00', timeZone: 'Europe/Zurich', duration: { days: 1 } };
    expect(await ask(input)).toMatchObject({ result: { iso: '2026-03-29T12:00:00+02:00' } });
    expect(await ask({ ...input, duration: { hours: 24 } })).toMatchObject({
      result: { iso: '2026-03-29T13:00:00+02:00' },
    });
    expect(await ask({ ...input, action: 'difference', until: '2026-03-29T12:00' })).toMatchObject({
      difference: { totalSeconds: 82_800, calendarDays: 1, calendar: { days: 1, hours: 0 } },
    });
  });

  test('counts from the end of a month', async () => {
    expect(await ask({ action: 'add', time: '2028-01-31', duration: { months: 1 } })).toMatchObject({
      result: { iso: '2028-02-29T00:00:00Z' },
    });
    expect(await ask({ action: 'difference', time: '2026-01-01', until: '2024-02-29' })).toMatchObject({
      difference: { calendarDays: -672 },
    });
  });

  test('says when a local time does not exist or happens twice', async () => {
    const skipped = await ask({ action: 'now', time: '2026-03-29T02:30', timeZone: 'Europe/Zurich' });
    expect(skipped).toMatchObject({
      time: { iso: '2026-03-29T03:30:00+02:00' },
      notes: [expect.stringContaining('does not exist')],
    });
    const twice = await ask({ action: 'now', time: '2026-10-25T02:30', timeZone: 'Europe/Zurich' });
    expect(twice).toMatchObject({ notes: [expect.stringContaining('twice')] });
  });

  test('reads Unix time in seconds and in milliseconds', async () => {
    expect(await ask({ time: '1774740600' })).toMatchObject({ time: { iso: '2026-03-28T23:30:00Z' } });
    expect(await ask({ time: '1774740600000' })).toMatchObject({ time: { iso: '2026-03-28T23:30:00Z' } });
  });

  test.each([
    [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ time: '2026-02-30' }, 'time'],
    [{ action: 'convert' }, 'toTimeZone'],
    [{ action: 'add' }, 'duration'],
    [{ action: 'difference' }, 'until'],
    [{ action: 'difference', until: 'soon' }, 'until'],
    [{ action: 'stop' }, 'action'],
  ])('names the field that is wrong in %j', async (input, path) => {
    expect(await ask(input)).toMatchObject({ code: 'validation_failed', issues: [{ path }] });
  });

  test('a date beyond the calendar is an error in words', async () => {
    expect(await ask({ action: 'add', duration: { years: 900_000_000 } })).toMatchObject({
      error: expect.stringContaining('beyond'),
    });
  });
});
