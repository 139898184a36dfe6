import { useMemo } from 'react';
import { useLanguage } from './i18n/use-translation.ts';

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

const currencyDisplay = 'narrowSymbol';

/** Formats for one language; dates are given as RFC 3339 time stamps. */
export function createFormat(language: string) {
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const calendarDay = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const integer = new Intl.NumberFormat(language);
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  const compact = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });

  const milliseconds = (durationMs: number) =>
    new Intl.NumberFormat(language, { style: 'unit', unit: 'millisecond' }).format(durationMs);

  return {
    date: (timestamp: string) => day.format(new Date(timestamp)),
    dateTime: (timestamp: string) => moment.format(new Date(timestamp)),
    /** A day without a time, such as `2026-11-23`. */
    calendarDay: (dayText: string) => calendarDay.format(new Date(`${dayText}T00:00:00Z`)),
    number: (value: number) => integer.format(value),
    /** A part of one: "12 %", and "<1 %" for what is hardly there. */
    share: (part: number) => (part > 0 && part < 0.01 ? `<${share.format(0.01)}` : share.format(part)),
    compact: (value: number) => compact.format(value),
    /** Small amounts keep their first digits, so that a fraction of a cent is not shown as zero. */
    usd: (amountUsd: number) => {
      const small = amountUsd !== 0 && Math.abs(amountUsd) < 0.1;
      const digits = small ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 2 };
      return new Intl.NumberFormat(language, { style: 'currency', currency: 'USD', currencyDisplay, ...digits }).format(
        amountUsd,
      );
    },
    /** A price as it was written, never rounded to cents. */
    priceUsd: (amountUsd: number) =>
      new Intl.NumberFormat(language, {
        style: 'currency',
        currency: 'USD',
        currencyDisplay,
        maximumFractionDigits: 6,
      }).format(amountUsd),
    /** "3 hours ago", "in 2 days". */
    ago: (timestamp: string, nowMs: number = Date.now()) => {
      const seconds = (Date.parse(timestamp) - nowMs) / 1000;
      const unit = units.find(([, length]) => Math.abs(seconds) >= length);
      return unit ? relative.format(Math.round(seconds / unit[1]), unit[0]) : relative.format(0, 'second');
    },
    bytes: (size: number) => {
      const names = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
      const power = Math.min(names.length - 1, size > 0 ? Math.floor(Math.log10(size) / 3) : 0);
      const unit = { style: 'unit', unit: names[power] ?? 'byte', maximumFractionDigits: 1 } as const;
      return new Intl.NumberFormat(language, { ...unit, unitDisplay: power === 0 ? 'long' : 'short' }).format(
        size / 1000 ** power,
      );
    },
    /** For what is mostly shorter than a second. */
    milliseconds,
    /** "8 ms", "0.8 s", "2 min 5 s". */
    duration: (durationMs: number) => {
      if (durationMs < 100) return milliseconds(Math.round(durationMs));
      const seconds = durationMs / 1000;
      const show = (value: number, unit: string) =>
        new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(
          value,
        );
      if (seconds < 60) return show(seconds, 'second');
      return `${show(Math.floor(seconds / 60), 'minute')} ${show(Math.floor(seconds % 60), 'second')}`;
    },
  };
}
export type Format = ReturnType<typeof createFormat>;

/** Formats for the page's language. */
export function useFormat(): Format {
  const language = useLanguage();
  return useMemo(() => createFormat(language), [language]);
}
