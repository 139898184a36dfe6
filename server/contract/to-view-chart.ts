import { chartLook } from './chart-look.ts';
import { chartPalette } from './chart-palette.ts';
import type { ChartView } from './chart-view.ts';
import { toColumnTitle } from './column-title.ts';
import { isFigureType, isTimeType } from './column-types.ts';
import type { ResultPage } from './execution.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { LocalizedText } from './localized-text.ts';
import type { SqlColumn } from './sql.ts';

type Field = {
  name: string;
  /** What people read for the name. */ title: string;
  field: string;
  type: 'quantitative' | 'temporal' | 'nominal';
};
const noField: Field = { name: '', title: '', field: 'none', type: 'nominal' };

/** The columns that a chart is made of. */
export const listViewColumns = ({ x, y, series }: Pick<ChartView, 'x' | 'y' | 'series'>): string[] => [
  ...new Set([x, ...y, series].filter((name) => name !== null)),
];

/** What keeps a view from being drawn of some columns; null where nothing does. */
export function findViewFault(view: ChartView, columns: readonly SqlColumn[]): LocalizedText | null {
  const missing = listViewColumns(view).find((name) => !columns.some((column) => column.name === name));
  if (missing !== undefined) return { en: `The result has no column "${missing}".`, zh: `结果中没有列“${missing}”。` };
  if (view.kind === 'counter') {
    return view.y.length === 0 ? { en: 'A counter needs a column in "y".', zh: '计数器需要在 "y" 中填写一列。' } : null;
  }
  if (view.x === null) return { en: 'A chart needs a column in "x".', zh: '图表需要在 "x" 中填写一列。' };
  if (view.kind === 'histogram') return null;
  if (view.y.length === 0 && view.aggregate !== 'count') {
    return { en: 'A chart needs a column of figures in "y".', zh: '图表需要在 "y" 中填写一列数字。' };
  }
  return view.kind === 'heatmap' && view.series === null
    ? { en: 'A heat map needs a column in "series".', zh: '热力图需要在 "series" 中填写一列。' }
    : null;
}

/** What a result is most likely to be drawn as: its first figure over its first moment or words; null without figures. */
export function suggestView(columns: readonly SqlColumn[]): ChartView | null {
  const y =
    columns.find(({ type }, index) => isFigureType(type) && index > 0) ??
    columns.find(({ type }) => isFigureType(type));
  if (y === undefined) return null;
  const x = columns.find(({ type }) => isTimeType(type)) ?? columns.find((column) => column !== y);
  const common: Omit<ChartView, 'kind' | 'x'> = {
    ...{ title: '', y: [y.name], series: null, aggregate: 'none', sort: 'none', isLogarithmic: false },
  };
  if (x === undefined) return { ...common, kind: 'counter', x: null };
  return { ...common, kind: isTimeType(x.type) ? 'line' : 'bar', x: x.name };
}

/**
 * A Vega-Lite 6 specification of some rows in the hub's look, with the rows inline. Columns get names of the hub's own, for a
 * point in one would be a way into an object. Axes have the columns' names in words.
 */
export function toViewChart(
  view: ChartView,
  { columns, rows }: Pick<ResultPage, 'columns' | 'rows'>,
  language: 'en' | 'zh' = 'en',
): JsonObject {
  const fields = listViewColumns(view).flatMap((name, place): (Field & { index: number })[] => {
    const index = columns.findIndex((column) => column.name === name);
    const type = columns[index]?.type ?? '';
    const kind =
      view.y.includes(name) || isFigureType(type) ? 'quantitative' : isTimeType(type) ? 'temporal' : 'nominal';
    return index < 0 ? [] : [{ name, title: toColumnTitle(name, language), field: `c${place}`, index, type: kind }];
  });
  const values: JsonObject[] = rows.map((row) =>
    Object.fromEntries(fields.map(({ field, index, type }) => [field, toDrawn(row[index], type === 'quantitative')])),
  );
  const find = (name: string | null | undefined) => fields.find((field) => field.name === name) ?? noField;
  const common = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    ...(view.title === '' ? {} : { title: view.title }),
    width: 640,
    height: 360,
    config: chartLook,
  };
  const x = find(view.x);
  const measures = view.y.map(find);
  if (view.kind === 'counter') return { ...common, ...toCounter(find(view.y[0]), values) };
  if (view.kind === 'histogram') return { ...common, ...toHistogram(x, values) };
  const isFolded = measures.length > 1;
  const data = isFolded ? fold(values, measures) : values;
  const measure = isFolded ? { ...noField, field: 'value' } : (measures[0] ?? noField);
  const series = isFolded ? { ...noField, field: 'series' } : view.series === null ? null : find(view.series);
  return { ...common, data: { values: data }, ...toMarks(view, { x, measure, series, values: data, isFolded }) };
}

type Parts = { x: Field; measure: Field; series: Field | null; values: JsonObject[]; isFolded: boolean };

function toMarks(view: ChartView, { x, measure, series, values, isFolded }: Parts): JsonObject {
  const { kind, aggregate, sort, isLogarithmic } = view;
  const counted = aggregate === 'count';
  const figure: JsonObject = {
    ...(counted ? { aggregate } : { field: measure.field, ...(aggregate === 'none' ? {} : { aggregate }) }),
    type: 'quantitative',
    title: counted || isFolded ? null : aggregate === 'none' ? measure.title : `${measure.title} (${aggregate})`,
  };
  const order = sort === 'none' ? null : sort === 'x' ? 'ascending' : sort === 'ascending' ? 'y' : '-y';
  if (kind === 'pie') {
    return {
      width: 340,
      height: 340,
      mark: { type: 'arc', innerRadius: { expr: 'min(width, height) / 5' } },
      encoding: {
        theta: { ...figure, stack: true },
        color: { field: x.field, type: 'nominal', sort: null, title: x.title },
        ...(counted ? {} : { order: { field: measure.field, type: 'quantitative', sort: 'descending' } }),
      },
    };
  }
  const isOfWords = x.type === 'nominal' || kind === 'bar' || kind === 'stacked' || kind === 'heatmap';
  const across: JsonObject = {
    field: x.field,
    title: x.title,
    // A cell of a heat map is as wide as its value, not as a moment.
    type: isOfWords && (x.type === 'quantitative' || kind === 'heatmap') ? 'ordinal' : x.type,
    ...(isOfWords ? { sort: order } : {}),
    ...(isOfWords && (x.type !== 'temporal' || kind === 'heatmap')
      ? { axis: { labelAngle: needsSlant(values, x) ? -35 : 0, ...(kind === 'heatmap' ? { labelOverlap: true } : {}) } }
      : {}),
  };
  if (kind === 'heatmap') {
    return {
      mark: { type: 'rect' },
      encoding: {
        x: { ...across, sort: sort === 'x' ? 'ascending' : null },
        y: {
          field: series?.field ?? 'none',
          type: 'ordinal',
          sort: null,
          title: isFolded ? null : (series?.title ?? null),
        },
        color: { ...figure, ...(isLogarithmic ? { scale: { type: 'symlog' } } : {}) },
      },
    };
  }
  // Amounts in the smallest unit of a token have more digits than an axis has room for.
  const isVast = values.some((value) => Math.abs(Number(value[measure.field])) >= 1e12);
  const isStacked = (kind === 'stacked' || kind === 'area') && !isLogarithmic;
  return {
    mark: {
      type: kind === 'stacked' ? 'bar' : kind,
      ...(kind === 'line' && values.length < 60 ? { point: true } : {}),
    },
    encoding: {
      x: across,
      y: {
        ...figure,
        axis: { format: isVast ? '.3~e' : ',~r' },
        ...(isStacked || kind === 'line' || kind === 'point' ? {} : { stack: null }),
        // Nought has no logarithm.
        ...(isLogarithmic ? { scale: { type: 'symlog' } } : {}),
      },
      ...(series === null
        ? {}
        : {
            color: {
              field: series.field,
              type: series.type === 'temporal' ? 'temporal' : 'nominal',
              sort: null,
              title: isFolded ? null : series.title,
            },
            ...(kind === 'bar' ? { xOffset: { field: series.field, sort: null } } : {}),
          }),
    },
  };
}

function needsSlant(values: JsonObject[], { field }: Field): boolean {
  const labels = new Set(
    values.map(({ [field]: value }) => (typeof value === 'string' ? value : JSON.stringify(value ?? ''))),
  );
  return labels.size * Math.min(20, Math.max(0, ...[...labels].map((label) => label.length))) > 80;
}

const toHistogram = (x: Field, values: JsonObject[]): JsonObject => ({
  data: { values },
  mark: { type: 'bar' },
  encoding: {
    x: {
      field: x.field,
      title: x.title,
      ...(x.type === 'quantitative' ? { bin: { maxbins: 40 } } : { sort: null }),
      type: x.type,
    },
    y: { aggregate: 'count', type: 'quantitative', title: null },
  },
});

function toCounter({ title, field }: Field, values: JsonObject[]): JsonObject {
  const value = values[0]?.[field] ?? null;
  const text =
    typeof value === 'number'
      ? value.toLocaleString('en', { maximumFractionDigits: 6 })
      : typeof value === 'string'
        ? value
        : '–';
  return {
    width: 320,
    height: 140,
    data: { values: [{ text, name: title }] },
    layer: [
      {
        mark: { type: 'text', fontSize: 44, fontWeight: 600, color: chartPalette.ink },
        encoding: { text: { field: 'text' } },
      },
      {
        mark: { type: 'text', fontSize: 13, dy: 44, color: chartPalette.quiet },
        encoding: { text: { field: 'name' } },
      },
    ],
  };
}

const fold = (values: JsonObject[], measures: Field[]): JsonObject[] =>
  values.flatMap((value) =>
    measures.map(({ title, field }) => ({ ...value, series: title, value: value[field] ?? null })),
  );

/** Exact figures come as text; a picture of them may round. */
function toDrawn(value: unknown, isFigure: boolean): JsonValue {
  if (value === null || value === undefined) return null;
  if (isFigure) return Number.isFinite(Number(value)) ? Number(value) : null;
  return typeof value === 'object' ? JSON.stringify(value) : (value as JsonValue);
}
