import {
  type AnalysisNote,
  type CombineValues,
  fewestPoints,
  mostPoints,
  type QueryElsewhere,
  type SeriesFacts,
} from '#server/contract/analysis.ts';
import type { SqlParameter } from '#server/contract/sql.ts';
import { mixedTimes, noNumber, noTime, tooGappy, tooManyPoints, tooShort } from './analysis-failures.ts';
import { findTimeGrid } from './time-grid.ts';

/** A series as it was read, in any order. */
export type RawSeries = {
  source: string;
  time: string | null;
  value: string;
  sql: string | null;
  parameters: SqlParameter[];
  query?: QueryElsewhere | null;
  points: { time?: string | number | null | undefined; value: string | number }[];
  combine: CombineValues;
  notes: AnalysisNote[];
};

/** A series with a value at each step. */
export type PlacedSeries = {
  facts: SeriesFacts;
  values: number[];
  isFilled: boolean[];
  timeAt: (index: number) => string | number;
  notes: AnalysisNote[];
};

type Timed = { at: number; value: number };
const mostMissing = 0.4;

/**
 * Puts a series in order on even steps: values of one step become one, and steps without a value lie on the line between
 * their neighbours. What was done to it is in the notes.
 *
 * @throws {HubError} `validation_failed`, for a series that is too short, too gappy, or none of numbers
 */
export function placeSeries(raw: RawSeries): PlacedSeries {
  if (raw.points.length > mostPoints) throw tooManyPoints();
  const values = raw.points.map(({ value }, index) => readNumber(value, index + 1));
  const timed = raw.points.filter(({ time }) => time !== undefined && time !== null);
  if (timed.length > 0 && timed.length < raw.points.length) throw mixedTimes();
  if (values.length < fewestPoints) throw tooShort(values.length);
  const times = timed.length === 0 ? values.map((_, index) => index + 1) : readTimes(raw.points);
  const notes = [...raw.notes];
  const sorted = times.map((at, index): Timed => ({ at, value: values[index] ?? 0 })).sort((a, b) => a.at - b.at);
  const areDates = timed.some(({ time }) => typeof time === 'string');
  const grid = findTimeGrid([...new Set(sorted.map(({ at }) => at))], areDates);
  const steps = new Map<number, number[]>();
  for (const { at, value } of sorted) {
    const step = grid.indexOf(at);
    steps.set(step, [...(steps.get(step) ?? []), value]);
  }
  if (steps.size < fewestPoints) throw tooShort(steps.size);
  const shared = [...steps.values()].filter((one) => one.length > 1).length;
  if (shared > 0) notes.push(toSharedNote(shared, raw.combine));
  const length = Math.max(...steps.keys()) + 1;
  const missing = length - steps.size;
  if (missing > mostMissing * length) throw tooGappy(missing, length);
  if (missing > 0) notes.push(toFilledNote(missing, length));
  const known = Array.from({ length }, (_, step) => {
    const here = steps.get(step);
    return here === undefined ? null : combineValues(here, raw.combine);
  });
  return {
    facts: {
      source: raw.source,
      time: raw.time,
      value: raw.value,
      sql: raw.sql,
      parameters: raw.parameters,
      query: raw.query ?? null,
      step: grid.step,
      stepSeconds: grid.stepSeconds,
      count: steps.size,
      filled: missing,
    },
    values: fillBetween(known),
    isFilled: known.map((value) => value === null),
    timeAt: grid.timeAt,
    notes,
  };
}

function readNumber(value: string | number, row: number): number {
  const text = String(value).trim();
  const number = text === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(number)) throw noNumber(text, row);
  return number;
}

function readTimes(points: RawSeries['points']): number[] {
  const areNumbers = points.every(({ time }) => typeof time === 'number');
  return points.map(({ time }, index) => {
    const at = areNumbers ? Number(time) : readTime(String(time));
    if (!Number.isFinite(at)) throw noTime(String(time), index + 1);
    return at;
  });
}

/** Milliseconds since 1970 of a time without a zone, which is UTC, or with one. */
function readTime(text: string): number {
  const [, year, month = '01', day = '01', clock = '00:00:00', zone = 'Z'] =
    /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?(Z|[+-]\d{2}:?\d{2})?$/.exec(
      text.trim(),
    ) ?? [];
  if (year === undefined) return Number.NaN;
  const whole = clock.length === 5 ? `${clock}:00` : clock.replace(/(\.\d{3})\d+$/, '$1');
  return Date.parse(
    `${year}-${month}-${day}T${whole}${zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone}`,
  );
}

function combineValues(values: number[], combine: CombineValues): number {
  const sum = values.reduce((total, value) => total + value, 0);
  switch (combine) {
    case 'sum':
      return sum;
    case 'mean':
      return sum / values.length;
    case 'last':
      return values.at(-1) ?? 0;
    case 'minimum':
      return Math.min(...values);
    case 'maximum':
      return Math.max(...values);
    case 'count':
      return values.length;
  }
}

function fillBetween(known: (number | null)[]): number[] {
  let before = 0;
  return known.map((value, index) => {
    if (value !== null) {
      before = index;
      return value;
    }
    const after = known.findIndex((one, at) => at > index && one !== null);
    const [from, to] = [known[before] ?? 0, known[after] ?? 0];
    return from + ((to - from) * (index - before)) / (after - before);
  });
}

const chineseCombine: Record<CombineValues, string> = {
  sum: '求和',
  mean: '取平均',
  last: '取最后一个',
  minimum: '取最小值',
  maximum: '取最大值',
  count: '计数',
};

const toSharedNote = (steps: number, combine: CombineValues): AnalysisNote => ({
  level: 'warning',
  text: {
    en: `${steps} steps had more than one value; they became one by “${combine}”.`,
    zh: `有 ${steps} 步包含多个值，已按“${chineseCombine[combine]}”合并。`,
  },
});

const toFilledNote = (missing: number, length: number): AnalysisNote => ({
  level: 'warning',
  text: {
    en: `${missing} of ${length} steps had no value and were filled on the line between their neighbours.`,
    zh: `${length} 步中有 ${missing} 步没有值，已按相邻值线性补齐。`,
  },
});
