import { isObject } from '#server/contract/is-object.ts';
import type { JsonObject, JsonValue } from '#server/contract/json.ts';

export type ChartTable = { columns: string[]; rows: string[][] };

/** The inline data of a Vega-Lite specification as a table; null when it has none of its own. */
export function toChartTable(specification: JsonObject): ChartTable | null {
  const values = findValues(specification);
  if (values === null || values.length === 0) return null;
  const records = values.map((value) => (isObject(value) ? value : { value }));
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return { columns, rows: records.map((record) => columns.map((column) => toCell(record[column]))) };
}

function findValues(specification: JsonObject): JsonValue[] | null {
  const data = specification['data'];
  if (isObject(data) && Array.isArray(data['values'])) return data['values'];
  const parts = specification['layer'] ?? specification['hconcat'] ?? specification['vconcat'];
  if (!Array.isArray(parts)) return null;
  return (
    parts
      .filter(isObject)
      .map(findValues)
      .find((values) => values !== null) ?? null
  );
}

function toCell(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
