import type { CounterWidget, WidgetResult } from '#server/contract/dashboard.ts';
import type { z } from 'zod';
import { toCell } from '#web/features/queries/to-cell.ts';

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
