import { chartLook } from '#server/contract/chart-look.ts';
import type { ResultPage } from '#server/contract/execution.ts';
import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import { isFigureType, isTimeType } from './to-cell.ts';

export const chartKinds = ['bar', 'line', 'area', 'point'] as const;
export type ChartChoice = { kind: (typeof chartKinds)[number]; x: string; y: string; colour: string };

type Column = ResultPage['columns'][number];

/** What a result is most likely to be drawn as: its first figure over its first moment or words; null where there is no figure. */
export function suggestChart(columns: readonly Column[]): ChartChoice | null {
  const y =
    columns.find(({ type }, index) => isFigureType(type) && index > 0) ??
    columns.find(({ type }) => isFigureType(type));
  const x = columns.find((column) => isTimeType(column.type)) ?? columns.find((column) => column !== y);
  if (x === undefined || y === undefined) return null;
  return { kind: isTimeType(x.type) ? 'line' : 'bar', x: x.name, y: y.name, colour: '' };
}

/** A Vega-Lite specification of some rows. Names are escaped, for a point in one would be a way into an object. */
export function toChart({ kind, x, y, colour }: ChartChoice, { columns, rows }: ResultPage): JsonObject {
  const chosen = [...new Set([x, y, colour])].flatMap((name) => {
    const index = columns.findIndex((column) => column.name === name);
    return index < 0 ? [] : [{ name, index, type: columns[index]?.type ?? '' }];
  });
  const values = rows.map((row) =>
    Object.fromEntries(
      chosen.map(({ name, index, type }, place) => [
        `c${place}`,
        toDrawn(row[index], name === y || isFigureType(type)),
      ]),
    ),
  );
  const fieldOf = (name: string) => ({ field: `c${chosen.findIndex((column) => column.name === name)}`, title: name });
  const typeOf = (name: string) => {
    const type = chosen.find((column) => column.name === name)?.type ?? '';
    return isTimeType(type) ? 'temporal' : isFigureType(type) ? 'quantitative' : 'nominal';
  };
  // Amounts in the smallest unit of a token have more digits than an axis has room for.
  const isVast = values.some((value) => Math.abs(Number(value[fieldOf(y).field])) >= 1e12);
  const isOfWords = typeOf(x) === 'nominal' || kind === 'bar';
  return {
    config: chartLook,
    mark: { type: kind, ...(kind === 'line' && rows.length < 60 ? { point: true } : {}) },
    data: { values },
    encoding: {
      x: { ...fieldOf(x), type: isOfWords && typeOf(x) === 'quantitative' ? 'ordinal' : typeOf(x), sort: null },
      y: { ...fieldOf(y), type: 'quantitative', axis: { format: isVast ? '.3~e' : ',~r' } },
      ...(colour === ''
        ? {}
        : { color: { ...fieldOf(colour), type: typeOf(colour) === 'temporal' ? 'temporal' : 'nominal' } }),
    },
  };
}

/** Exact figures come as text; a picture of them may round. */
function toDrawn(value: unknown, isFigure: boolean): JsonValue {
  if (value === null || value === undefined) return null;
  if (isFigure) return Number.isFinite(Number(value)) ? Number(value) : null;
  return typeof value === 'object' ? JSON.stringify(value) : (value as JsonValue);
}
