import { ArrowDown, ArrowDownUp, ArrowUp } from 'lucide-react';
import { memo, type ReactNode, useEffect, useMemo, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { sortRows, type TableOrder } from '#web/features/runs/sort-rows.ts';
import { toCsv } from '#server/contract/to-csv.ts';
import { inTurn } from '#web/lib/in-turn.ts';
import { useFormat } from '#web/lib/format.ts';
import { Button } from '#web/ui/button.tsx';
import { CopyButton } from '#web/ui/copy-button.tsx';
import { ScrollRegion } from '#web/ui/scroll-region.tsx';
import type { TableRows } from './table-rows.ts';
import '#web/features/runs/markdown/markdown.css';

export type TableColumn = {
  drawn: ReactNode;
  words: string;
  align?: 'left' | 'right' | 'center' | null | undefined;
};

const partRows = 100;
const sortedFrom = 3;

/** A table of an answer: its head stays in sight, it can be sorted and copied, and a long one is drawn in parts. */
export function AnswerTable({
  label,
  columns,
  rows,
}: {
  label: string;
  columns: readonly TableColumn[];
  rows: TableRows;
}) {
  const { t, language } = useTranslation('runs');
  const format = useFormat();
  const [wanted, setWanted] = useState(partRows);
  const shown = useRowsInParts(Math.min(wanted, rows.count));
  const [order, setOrder] = useState<TableOrder | null>(null);
  const places = useMemo(() => (order === null ? null : sortRows(rows, order, language)), [rows, order, language]);
  const toText = () =>
    toCsv([columns.map(({ words }) => words), ...Array.from({ length: rows.count }, (_, row) => rows.read(row))]);
  const left = rows.count - wanted;
  return (
    <div className="grid min-w-0 grid-cols-1">
      <ScrollRegion label={label} className="markdown-table">
        <table>
          <thead>
            <tr>
              {columns.map((column, index) => (
                <HeadCell
                  key={index}
                  column={column}
                  direction={order?.column === index ? order.direction : null}
                  onSort={rows.count < sortedFrom ? null : () => setOrder(nextOrder(order, index))}
                />
              ))}
            </tr>
          </thead>
          {rows.count > 0 && (
            <tbody>
              {Array.from({ length: shown }, (_, index) => {
                const row = places?.[index] ?? index;
                return <Row key={row} rows={rows} row={row} columns={columns} />;
              })}
            </tbody>
          )}
        </table>
      </ScrollRegion>
      <div className="flex flex-wrap items-center justify-end gap-1">
        {left > 0 && (
          <>
            <span className="mr-auto px-1 text-xs text-ink-faint tabular-nums">
              {t('table.shown', { shown: format.number(shown), total: format.number(rows.count) })}
            </span>
            {left > partRows && (
              <Button size="small" variant="quiet" onClick={() => setWanted(wanted + partRows)}>
                {t('table.more', { count: partRows })}
              </Button>
            )}
            <Button size="small" variant="quiet" onClick={() => setWanted(rows.count)}>
              {t('table.all', { rows: format.number(rows.count) })}
            </Button>
          </>
        )}
        <CopyButton text={toText} label={t('table.copy')} variant="quiet" size="small" iconOnly />
      </div>
    </div>
  );
}

/** How many rows are drawn of those that are wanted: some a frame, so that nobody waits for all. */
function useRowsInParts(wanted: number): number {
  const [drawn, setDrawn] = useState(wanted);
  useEffect(
    () => (drawn < wanted ? inTurn(() => setDrawn(Math.min(wanted, drawn + partRows))) : undefined),
    [drawn, wanted],
  );
  return Math.min(drawn, wanted);
}

/** Up, down, and as it was. */
function nextOrder(order: TableOrder | null, column: number): TableOrder | null {
  if (order?.column !== column) return { column, direction: 'ascending' };
  return order.direction === 'ascending' ? { column, direction: 'descending' } : null;
}

const marks = { ascending: ArrowUp, descending: ArrowDown };

function HeadCell({
  column: { drawn, words, align },
  direction,
  onSort,
}: {
  column: TableColumn;
  direction: TableOrder['direction'] | null;
  onSort: (() => void) | null;
}) {
  const { t } = useTranslation('runs');
  const Mark = direction === null ? ArrowDownUp : marks[direction];
  return (
    <th
      scope="col"
      style={{ textAlign: align ?? undefined }}
      // One word and its mark stay together, which browsers see differently.
      className={/^\S{1,20}$/.test(words) ? 'whitespace-nowrap' : undefined}
      aria-sort={direction ?? undefined}
    >
      {drawn}
      {onSort && (
        <button type="button" className="table-sort" aria-label={t('table.sort', { column: words })} onClick={onSort}>
          <Mark aria-hidden />
        </button>
      )}
    </th>
  );
}

const isTime = (cell: ReactNode) => typeof cell === 'string' && /^\d{4}-\d{2}-\d{2}(T\S{1,20})?$/.test(cell);

const Row = memo(function Row({
  rows,
  row,
  columns,
}: {
  rows: TableRows;
  row: number;
  columns: readonly TableColumn[];
}) {
  return (
    <tr>
      {rows.draw(row).map((cell, index) => {
        const align = columns[index]?.align ?? undefined;
        return (
          // Figures and times are compared down a column, which broken ones are not.
          <td
            key={index}
            style={{ textAlign: align }}
            className={align === 'right' || isTime(cell) ? 'whitespace-nowrap' : undefined}
          >
            {cell}
          </td>
        );
      })}
    </tr>
  );
});
