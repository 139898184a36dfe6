import type { CounterWidget, WidgetResult } from '#server/contract/dashboard.ts';
import type { z } from 'zod';
import { toCell } from '#web/features/queries/to-cell.ts';
import type { Format } from '#web/lib/format.ts';

type Asked = Pick<z.infer<typeof CounterWidget>, 'column' | 'compare'>;
export type Counter = {
  figure: string;
  before: string | null;
  /** The change as a part of what was before; null where it has no meaning. */
  change: number | null;
};

/** What a counter says: its figure as it is, and the change against what it is compared with. */
export function readCounter(
  { column, compare }: Asked,
  result: Pick<WidgetResult, 'columns' | 'rows' | 'previous'>,
): Counter {
  const index = result.columns.findIndex(({ name }) => name === column);
  const read = (row: number) => {
    const value = index < 0 ? null : result.rows[row]?.[index];
    return value === null || value === undefined ? null : toCell(value);
  };
  const figure = read(0);
  const before = compare === 'refresh' ? result.previous : compare === 'row' ? read(1) : null;
  const [now, then] = [Number(figure), Number(before)];
  const isKnown = figure !== null && before !== null && Number.isFinite(now) && Number.isFinite(then) && then !== 0;
  return { figure: figure ?? '–', before, change: isKnown ? (now - then) / Math.abs(then) : null };
}

/** A figure with its thousands parted, every digit kept. */
export function toGrouped(figure: string): string {
  const [, sign = '', whole = '', rest = ''] = /^([-+]?)(\d+)(\.\d+)?$/.exec(figure) ?? [];
  return whole === '' ? figure : `${sign}${whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ',')}${rest}`;
}

/** In characters: what is longer does not fit into a small card. */
export const longestFigure = 16;

/** A figure that is too long for its card, as one that fits; null where it is none, or fits as it is. */
export function toShortened(figure: string, { rounded }: Pick<Format, 'rounded'>): string | null {
  const value = Number(figure);
  return toGrouped(figure).length <= longestFigure || figure.trim() === '' || !Number.isFinite(value)
    ? null
    : `≈ ${rounded(value)}`;
}
