import { expect, it } from 'vitest';
import { createFormat } from '#web/lib/format.ts';

const english = createFormat('en');
const chinese = createFormat('zh-CN');

it('a small cost keeps its first digits, a price all of them, and zero is zero', () => {
  expect([0, 0.0000421, 0.0527, 0.5, 1234.567].map(english.usd)).toEqual([
    '$0.00',
    '$0.0000421',
    '$0.0527',
    '$0.50',
    '$1,234.57',
  ]);
  expect([0.125, 0.025, 15].map(english.priceUsd)).toEqual(['$0.125', '$0.025', '$15.00']);
});

it('a day is the same day in every time zone', () => {
  expect(english.calendarDay('2026-11-23')).toBe('Nov 23, 2026');
  expect(chinese.calendarDay('2026-11-23')).toBe('2026年11月23日');
});

it('moments are told from now, in both directions', () => {
  const now = Date.parse('2026-11-23T12:00:00Z');
  expect(english.ago('2026-11-23T09:00:00Z', now)).toBe('3 hours ago');
  expect(english.ago('2026-11-25T12:00:00Z', now)).toBe('in 2 days');
  expect(english.ago('2026-11-23T11:59:40Z', now)).toBe('now');
  expect(chinese.ago('2026-11-23T09:00:00Z', now)).toBe('3小时前');
});

it('sizes and durations have their units', () => {
  expect([0, 999, 1_500_000].map(english.bytes)).toEqual(['0 bytes', '999 bytes', '1.5 MB']);
  expect([8, 840, 42_000, 125_000].map(english.duration)).toEqual(['8 ms', '0.8 sec', '42 sec', '2 min 5 sec']);
});
