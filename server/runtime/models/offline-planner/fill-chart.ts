import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import { chooseColumns, toSpecification, type Columns } from './choose-columns.ts';
import type { Found, Table } from './found.ts';
import type { Ask } from './split-asks.ts';
import { toArgument, toChartKind } from './to-argument.ts';
import type { Parameter } from './tool-view.ts';
import { wordsOf } from './wording.ts';

const mostSeries = 8;
const drawingWishes = new Set<Parameter['wish']>(['column', 'columns', 'specification']);

/** The parameter for the data of a drawing tool that has got none, or null. */
export function lacksData(parameters: Parameter[], given: JsonObject): Parameter | null {
  if (!parameters.some(({ wish }) => drawingWishes.has(wish))) return null;
  const carriers = parameters.filter(({ wish }) => wish === 'table' || wish === 'specification');
  return carriers.some(({ name }) => given[name] !== undefined) ? null : (carriers[0] ?? null);
}

/**
 * Fills what a drawing tool wants to know of a table: its rows, columns, kind, title, or a whole specification.
 *
 * @returns the chosen columns, or null when nothing is drawn
 */
export function fillChart({
  parameters,
  ask,
  given,
  used,
  table: found,
}: {
  parameters: Parameter[];
  ask: Ask;
  given: JsonObject;
  used: Found[];
  table: Found | null;
}): Columns | null {
  if (found === null || !parameters.some(({ wish }) => drawingWishes.has(wish))) return null;
  const table = found.value as Table;
  const columns = chooseColumns(table, ask.words);
  if (columns === null) return null;
  const kind = (ask.found.find((item) => item.kind === 'chart-kind')?.value ?? null) as string | null;
  const hasRows = parameters.some(({ wish }) => wish === 'table');
  for (const parameter of parameters) {
    if (given[parameter.name] !== undefined) continue;
    const value = toValue(parameter);
    if (value !== undefined && value !== null) given[parameter.name] = value;
  }
  if (!used.includes(found) && ask.found.includes(found)) used.push(found);
  return columns;

  function toValue(parameter: Parameter): JsonValue | undefined {
    const { name, wish, values, takesMany, required } = parameter;
    const { x, y, ys, series } = columns as Columns;
    if (wish === 'table') return toArgument(found as Found, parameter, null);
    if (wish === 'specification') return hasRows ? undefined : toSpecification(table, columns as Columns, kind);
    if (wish === 'columns') return /^y/i.test(name) ? ys : undefined;
    if (wish === 'choice') return values === null || kind === null ? undefined : toChartKind(kind, values);
    if (wish === 'column') {
      if (/^(?:x|category|label)/i.test(name)) return x;
      if (!/^(?:y|value)/i.test(name)) return series ?? undefined;
      return takesMany && ys.length > 1 && series === null && kind !== 'pie' ? ys.slice(0, mostSeries) : y;
    }
    if (wish !== 'label' || !required) return undefined;
    return wordsOf(ask.language).chartTitle(ys, x);
  }
}
