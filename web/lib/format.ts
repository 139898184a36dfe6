import { useLanguage } from './i18n/use-translation.ts';

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

const dollars = { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' } as const;

/** Formats for one language; dates are given as RFC 3339 time stamps. */
export function createFormat(language: string) {
  const numbers = keepByStyle((style: Intl.NumberFormatOptions) => new Intl.NumberFormat(language, style));
  const dates = keepByStyle((style: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, style));
  const spans = keepByStyle((style: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(language, style));
  const share = (part: number) => numbers({ style: 'percent', maximumFractionDigits: 0 }).format(part);

  const milliseconds = (durationMs: number) => numbers({ style: 'unit', unit: 'millisecond' }).format(durationMs);

  return {
    date: (timestamp: string) => dates({ dateStyle: 'medium' }).format(new Date(timestamp)),
    dateTime: (timestamp: string) => dates({ dateStyle: 'medium', timeStyle: 'short' }).format(new Date(timestamp)),
    /** A day without a time, such as `2026-11-23`. */
    calendarDay: (dayText: string) =>
      dates({ dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${dayText}T00:00:00Z`)),
    number: (value: number) => numbers({}).format(value),
    /** A part of one: "12 %", and "<1 %" for what is hardly there. */
    share: (part: number) => (part > 0 && part < 0.01 ? `<${share(0.01)}` : share(part)),
    compact: (value: number) => numbers({ notation: 'compact', maximumFractionDigits: 1 }).format(value),
    /** Few characters for a number of any size: it loses its last digits. */
    rounded: (value: number) => {
      const size = Math.abs(value);
      if (size >= 1e15) return numbers({ notation: 'scientific', maximumFractionDigits: 3 }).format(value);
      if (size >= 1e9) return numbers({ notation: 'compact', maximumFractionDigits: 2 }).format(value);
      return numbers(size < 1 ? { maximumSignificantDigits: 4 } : { maximumFractionDigits: 4 }).format(value);
    },
    /** Small amounts keep their first digits, so that a fraction of a cent is not shown as zero. */
    usd: (amountUsd: number) => {
      const small = amountUsd !== 0 && Math.abs(amountUsd) < 0.1;
      const digits = small ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 2 };
      return numbers({ ...dollars, ...digits }).format(amountUsd);
    },
    /** A price as it was written, never rounded to cents. */
    priceUsd: (amountUsd: number) => numbers({ ...dollars, maximumFractionDigits: 6 }).format(amountUsd),
    /** "3 hours ago", "in 2 days". */
    ago: (timestamp: string, nowMs: number = Date.now()) => {
      const seconds = (Date.parse(timestamp) - nowMs) / 1000;
      const [unit, length] = units.find(([, length]) => Math.abs(seconds) >= length) ?? (['second', Infinity] as const);
      return spans({ numeric: 'auto' }).format(Math.round(seconds / length), unit);
    },
    bytes: (size: number) => {
      const names = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
      const power = Math.min(names.length - 1, size > 0 ? Math.floor(Math.log10(size) / 3) : 0);
      const unit = { style: 'unit', unit: names[power] ?? 'byte', maximumFractionDigits: 1 } as const;
      return numbers({ ...unit, unitDisplay: power === 0 ? 'long' : 'short' }).format(size / 1000 ** power);
    },
    /** For what is mostly shorter than a second. */
    milliseconds,
    /** "8 ms", "0.8 s", "2 min 5 s". */
    duration: (durationMs: number) => {
      if (durationMs < 100) return milliseconds(Math.round(durationMs));
      const seconds = durationMs / 1000;
      const show = (value: number, unit: string) =>
        numbers({ style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
      if (seconds < 60) return show(seconds, 'second');
      return `${show(Math.floor(seconds / 60), 'minute')} ${show(Math.floor(seconds % 60), 'second')}`;
    },
  };
}
export type Format = ReturnType<typeof createFormat>;

/** Browsers take milliseconds to make a format, so each is made when it is first wanted, and once. */
function keepByStyle<Style, Made>(make: (style: Style) => Made): (style: Style) => Made {
  const known = new Map<string, Made>();
  return (style) => {
    const name = JSON.stringify(style);
    const made = known.get(name) ?? make(style);
    known.set(name, made);
    return made;
  };
}

const formats = new Map<string, Format>();

/** Formats for the page's language, the same for everybody who asks. */
export function useFormat(): Format {
  const language = useLanguage();
  const format = formats.get(language) ?? createFormat(language);
  formats.set(language, format);
  return format;
}
