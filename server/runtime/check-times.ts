const minuteMs = 60_000;
const zoneMinutes = 15;
/** Of the farthest time zone. */
const mostZones = (14 * 60) / zoneMinutes;

const dated =
  /(?<!\d)(\d{4})(?:-|年\s?)(\d{1,2})(?:-|月\s?)(\d{1,2})\s?日?(?:T|,?\s{0,2})(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(\s?(?:Z|UTC|GMT)\b|\s?[(（](?:UTC|GMT)[)）]|[+-]\d{2}:?\d{2})?/g;
const alone = /(?<![\d:T.-])(\d{1,2}):(\d{2})(?::\d{2})?\s?(?:Z|UTC|GMT)\b(?![+-]\d)/g;
const clock = /(?<!\d)(\d{1,2}):(\d{2})(?!\d)/g;

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
 * whatever happened in them; without a zone a time may be that of any.
 */
export function findUnsourcedTimes(answer: string, evidence: readonly string[]): string[] {
  const text = answer.replaceAll(/\bhttps?:\S+/g, ' ');
  const said = listMoments(text).filter(({ isRound }) => !isRound);
  const times = [...text.replaceAll(dated, ' ').matchAll(alone)].filter(([, , minutes]) => minutes !== '00');
  if (said.length + times.length === 0) return [];
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
  const isIn = (moment: Moment, shift: number) =>
    moment.hasSeconds
      ? seconds.has(moment.ms / 1000 + shift * 60)
      : minutes.has(Math.floor(moment.ms / minuteMs) + shift);
  const zones = Array.from({ length: 2 * mostZones + 1 }, (_, place) => (place - mostZones) * zoneMinutes);
  const unknown = said.filter((moment) => !(moment.hasZone ? [0] : zones).some((shift) => isIn(moment, shift)));
  return [
    ...unknown.map(({ written }) => written.trim()),
    ...times.filter(([, h, m]) => !clocks.has(Number(h) * 60 + Number(m))).map(([written]) => written),
  ];
}
