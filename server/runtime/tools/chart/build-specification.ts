import { toColumnTitle } from '#server/contract/column-title.ts';
import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import { HubError, type HubIssue } from '#server/hub-error.ts';

export type ChartRow = Record<string, string | number | boolean | null>;
export type ChartKind = 'bar' | 'line' | 'area' | 'point' | 'pie';
type FieldType = 'quantitative' | 'temporal' | 'nominal';

const numeric = /^[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[-+]?\d+)?$/i;
const dated = /^\d{4}-\d{2}(?:-\d{2})?(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * Builds a Vega-Lite specification from rows and the names of their columns.
 *
 * Columns of numbers written as text become numbers; text like `2026-03-01` becomes a time axis; other values keep the order
 * of the rows. Several `y` become one series each.
 *
 * @throws {HubError} `validation_failed`, naming every column that is not there or holds no numbers
 */
export function buildSpecification({
  title,
  kind,
  data,
  x,
  y,
  series,
  language = 'en',
}: {
  title: string;
  kind: ChartKind;
  data: ChartRow[];
  x: string;
  y: string[];
  series?: string | undefined;
  /** What the axes are named in. */
  language?: 'en' | 'zh';
}): JsonObject {
  const say = (name: string) => toColumnTitle(name, language);
  const rows = data.map((row) => ({ ...row }));
  checkColumns(rows, { x, y, series });
  const [measure = ''] = y;
  const isFolded = y.length > 1;
  const colour = isFolded ? 'series' : series;
  const values = isFolded ? fold(rows, { x, y, say }) : rows;
  const value = isFolded ? 'value' : measure;
  const common = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title,
    data: { values: values as JsonValue },
  };
  if (kind === 'pie') {
    return {
      ...common,
      width: 340,
      height: 340,
      mark: { type: 'arc', innerRadius: 70, tooltip: true },
      encoding: {
        theta: { field: toField(value), type: 'quantitative', stack: true, title: say(value) },
        color: { field: toField(x), type: 'nominal', sort: null, title: say(x) },
        order: { field: toField(value), type: 'quantitative', sort: 'descending' },
      },
    };
  }
  const xType = findType(rows, x);
  const isCategory = xType === 'nominal' || kind === 'bar';
  return {
    ...common,
    width: 640,
    height: 360,
    mark: { type: kind, tooltip: true, ...(kind === 'line' && rows.length <= 60 ? { point: true } : {}) },
    encoding: {
      x: {
        field: toField(x),
        title: say(x),
        ...(isCategory
          ? { type: 'ordinal', sort: null, axis: { labelAngle: needsSlant(rows, x) ? -35 : 0 } }
          : {
              type: xType,
              ...(kind === 'point' && xType === 'quantitative' ? { scale: { zero: false } } : {}),
              ...toWholeSteps(rows, x),
            }),
      },
      y: {
        field: toField(value),
        type: 'quantitative',
        title: isFolded ? null : say(value),
        ...(kind === 'line' || kind === 'point' ? { scale: { zero: false } } : {}),
      },
      ...(colour === undefined
        ? {}
        : { color: { field: toField(colour), type: 'nominal', sort: null, title: isFolded ? null : say(colour) } }),
      ...(kind === 'bar' && isFolded ? { xOffset: { field: 'series', sort: null } } : {}),
    },
  };
}

function checkColumns(rows: ChartRow[], { x, y, series }: { x: string; y: string[]; series?: string | undefined }) {
  const columns = new Set(rows.flatMap((row) => Object.keys(row)));
  const known = [...columns].slice(0, 30).join(', ');
  const issues: HubIssue[] = [];
  for (const [path, name] of [
    ['x', x],
    ...y.map((name) => ['y', name]),
    ...(series === undefined ? [] : [['series', series]]),
  ] as [string, string][]) {
    if (columns.has(name)) continue;
    issues.push({
      path,
      message: {
        en: `There is no column "${name}"; the columns are ${known}.`,
        zh: `没有列“${name}”；现有的列：${known}。`,
      },
    });
  }
  for (const name of y.filter((name) => columns.has(name))) {
    if (makeNumbers(rows, name)) continue;
    issues.push({
      path: 'y',
      message: { en: `The column "${name}" does not hold numbers only.`, zh: `列“${name}”中不全是数字。` },
    });
  }
  if (issues.length > 0) {
    const en = issues.map(({ message }) => message.en).join(' ');
    const zh = issues.map(({ message }) => message.zh).join('');
    throw new HubError('validation_failed', { en, zh }, { errors: issues });
  }
}

/** Turns "1,234.5" into 1234.5 in place; false when a value is not a number at all. */
function makeNumbers(rows: ChartRow[], name: string): boolean {
  let found = false;
  for (const row of rows) {
    const value = row[name];
    if (value === null || value === undefined || value === '') continue;
    if (typeof value === 'string' && numeric.test(value.trim())) row[name] = Number(value.replaceAll(',', ''));
    if (typeof row[name] !== 'number') return false;
    found = true;
  }
  return found;
}

function fold(rows: ChartRow[], { x, y, say }: { x: string; y: string[]; say: (name: string) => string }): ChartRow[] {
  // Two columns that are said alike stay two.
  const names = y.map(say);
  const labels = new Set(names).size === y.length ? names : y;
  return rows.flatMap((row) =>
    y.map((name, place) => ({ [x]: row[x] ?? null, series: labels[place] ?? name, value: row[name] ?? null })),
  );
}

function findType(rows: ChartRow[], name: string): FieldType {
  const values = rows.map((row) => row[name]).filter((value) => value !== null && value !== undefined);
  if (values.every((value) => typeof value === 'number')) return 'quantitative';
  return values.every((value) => typeof value === 'string' && dated.test(value)) ? 'temporal' : 'nominal';
}

/** Between two weeks or blocks is nothing that a tick could name, and a year has no thousands to part. */
function toWholeSteps(rows: ChartRow[], name: string): { axis?: JsonObject } {
  const values = rows.map((row) => row[name] ?? null).filter((value) => value !== null);
  if (!values.every((value) => Number.isInteger(value))) return {};
  const areYears = values.every((value) => Number(value) >= 1000 && Number(value) < 3000);
  return { axis: { tickMinStep: 1, ...(areYears && { format: 'd' }) } };
}

function needsSlant(rows: ChartRow[], name: string): boolean {
  const labels = new Set(rows.map((row) => String(row[name])));
  const longest = Math.max(...[...labels].map((label) => label.length));
  return labels.size * Math.min(longest, 20) > 80;
}

/** Vega-Lite reads dots and brackets in a name as a path; a column's name is only a name. */
function toField(name: string): string {
  return name.replace(/[.[\]\\'"]/g, '\\$&');
}
