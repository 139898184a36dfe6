const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const zoneMinutes = 15;
const roundMinutes = 5;
/** Of the farthest time zone. */
const mostZones = (14 * 60) / zoneMinutes;

const dated =
  /(?<!\d)(\d{4})(?:-|年\s?)(\d{1,2})(?:-|月\s?)(\d{1,2})\s?日?(?:T|,?\s{0,2})(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(\s?(?:Z|UTC|GMT)\b|\s?[(（](?:UTC|GMT)[)）]|[+-]\d{2}:?\d{2})?/g;
const alone = /(?<![\d:T.-])(\d{1,2}):(\d{2})(?::\d{2})?\s?(?:Z|UTC|GMT)\b(?![+-]\d)/g;
/** Of any zone, or none: "at 14:07", "14:07:31 in Berlin"; not a length of time, and no place in a file. */
const zoneless =
  /(?<![\d:T./-])([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?(?![\d:]|\.\d|[+-]\d|\s?[(（]?(?:Z|UTC|GMT)\b|\s?(?:min|minutes?|h|hours?|s|seconds?|分钟|小时)(?![a-z]))/gi;
const clock = /(?<!\d)(\d{1,2}):(\d{2})(?!\d)/g;

const daily = /\b(?:every|each|daily|nightly|schedule\w*|weekdays?)\b|每[天日周月]|工作日|定时/i;
/** Said of a plan, not of what happened. */
const isEveryDay = ({ input, index }: RegExpExecArray) =>
  daily.test(input.slice(Math.max(0, index - 60), index + 60).replaceAll(/[.。\n]/g, ' '));
const isMidnight = ([, hour, minute]: RegExpExecArray) => Number(hour) % 24 === 0 && minute === '00';

type Moment = { written: string; ms: number; hasSeconds: boolean; isRound: boolean; hasZone: boolean };

function listMoments(text: string): Moment[] {
  return [...text.matchAll(dated)].map(([written, y, mo, d, h, mi, s, zone]): Moment => {
    const [, sign = '+', hours = '0', minutes = '0'] = /([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '') ?? [];
    const shift = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
    return {
      written,
      ms: Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi) - shift, Number(s ?? 0)),
      hasSeconds: s !== undefined,
      isRound: mi === '00' && (s ?? '00') === '00',
      hasZone: zone !== undefined,
    };
  });
}

/**
 * Moments of a text that are in no evidence, as they are written: a day with a time, or a time in UTC. Full hours are said of
 * whatever happened within an hour of them; without a zone a time may be that of any, but zones differ by quarters of an hour, so
 * its minute tells. What may be rounded to five minutes is left.
 */
export function findUnsourcedTimes(answer: string, evidence: readonly string[]): string[] {
  const text = answer.replaceAll(/\bhttps?:\S+/g, ' ');
  const said = listMoments(text).filter(({ ms }) => ms % dayMs !== 0);
  const times = [...text.replaceAll(dated, ' ').matchAll(alone)].filter(
    (time) => !isEveryDay(time) && !isMidnight(time),
  );
  const bare = [...text.replaceAll(dated, ' ').matchAll(zoneless)].filter(
    (time) => !isEveryDay(time) && (time[3] !== undefined || Number(time[2]) % roundMinutes !== 0),
  );
  if (said.length + times.length + bare.length === 0) return [];
  const stamps = evidence.flatMap((one) => one.match(/(?<![\d.])1\d{9}(?:\d{3})?(?![\d.])/g) ?? []);
  const seconds = new Set([
    ...evidence.flatMap(listMoments).map(({ ms }) => ms / 1000),
    ...stamps.map((stamp) => Number(stamp.slice(0, 10))),
  ]);
  /** As the minute that it is in, and as the next one, where it was rounded. */
  const minutes = new Set([...seconds].flatMap((second) => [Math.floor(second / 60), Math.ceil(second / 60)]));
  const clocks = new Set([
    ...[...minutes].map((minute) => minute % 1440),
    ...evidence.flatMap((one) => [...one.matchAll(clock)].map(([, h, m]) => Number(h) * 60 + Number(m))),
  ]);
  const quarters = new Set([...clocks].map((minute) => minute % zoneMinutes));
  const ofSeconds = new Set([...seconds].map((second) => second % (zoneMinutes * 60)));
  const isInAnyZone = (minute: number, second: string | undefined) =>
    quarters.size === 0 ||
    (second === undefined || ofSeconds.size === 0
      ? quarters.has(minute % zoneMinutes)
      : ofSeconds.has((minute % zoneMinutes) * 60 + Number(second)));
  const hours = [...minutes].map((minute) => minute * minuteMs);
  const isWithinHour = (ms: number) => hours.some((one) => Math.abs(one - ms) <= hourMs);
  const isIn = (moment: Moment, shift: number) =>
    moment.isRound
      ? isWithinHour(moment.ms + shift * minuteMs)
      : moment.hasSeconds
        ? seconds.has(moment.ms / 1000 + shift * 60)
        : minutes.has(Math.floor(moment.ms / minuteMs) + shift);
  const isClock = (hour: number, minute: number) => {
    const at = hour * 60 + minute;
    if (minute > 0) return clocks.has(at);
    return [...clocks].some((one) => Math.min(Math.abs(one - at), 1440 - Math.abs(one - at)) <= 60);
  };
  const zones = Array.from({ length: 2 * mostZones + 1 }, (_, place) => (place - mostZones) * zoneMinutes);
  const unknown = said.filter((moment) => !(moment.hasZone ? [0] : zones).some((shift) => isIn(moment, shift)));
  return [
    ...unknown.map(({ written }) => written.trim()),
    ...bare.filter(([, , m, s]) => !isInAnyZone(Number(m), s)).map(([written]) => written),
    ...times.filter(([, h, m]) => !isClock(Number(h), Number(m))).map(([written]) => written),
  ];
}
