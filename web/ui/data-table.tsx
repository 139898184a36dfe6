import type { ReactNode } from 'react';
import { classNames } from '#web/lib/class-names.ts';

export type Column<Row> = {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  align?: 'start' | 'end';
  /** Names the row: the first thing said and, on a phone, its title. One column has it. */
  isRowHeader?: boolean;
  /** The header is said but not shown, as over buttons. */
  hideHeader?: boolean;
  /** Small buttons: on a phone they stand beside the row's title. */
  isBesideTitle?: boolean;
};

type DataTableProps<Row> = {
  /** Names the table for screen readers. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Totals under the rows, in the same columns. */
  footer?: Row | undefined;
};

const cell = 'block min-w-0 md:table-cell md:border-b md:border-line md:pr-4 md:align-middle md:last:pr-0';
// By a selector that ends in a class: what is put after the page would have all of it styled anew.
const bodyCell = 'md:py-3 md:[:last-child>&]:border-b-0';
const side = (align: 'start' | 'end' = 'start') => (align === 'end' ? 'md:text-right md:tabular-nums' : 'md:text-left');

/** Rows and columns; on a phone each row stands as a block with its labels. */
export function DataTable<Row>({ caption, columns, rows, rowKey, footer }: DataTableProps<Row>) {
  return (
    <div role="table" aria-label={caption} className="block w-full text-sm md:table">
      <div role="rowgroup" className="sr-only md:not-sr-only md:table-header-group">
        <div role="row" className="md:table-row">
          {columns.map((column) => (
            <div
              key={column.key}
              role="columnheader"
              className={classNames(cell, 'pb-2 text-xs font-medium text-ink-faint', side(column.align))}
            >
              <span className={classNames(column.hideHeader && 'sr-only')}>{column.header}</span>
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="block md:table-row-group">
        {rows.map((row) => (
          <TableRow key={rowKey(row)} row={row} columns={columns} className="first:border-t-0 first:pt-0" />
        ))}
      </div>
      {footer !== undefined && (
        <div role="rowgroup" className="block font-semibold md:table-footer-group md:*:*:border-t">
          <TableRow row={footer} columns={columns} />
        </div>
      )}
    </div>
  );
}

type TableRowProps<Row> = { row: Row; columns: readonly Column<Row>[]; className?: string };

function TableRow<Row>({ row, columns, className }: TableRowProps<Row>) {
  const hasButtons = columns.some(({ isBesideTitle }) => isBesideTitle);
  return (
    <div
      role="row"
      className={classNames(
        'border-t border-line py-3 md:table-row md:py-0',
        hasButtons ? 'grid grid-cols-[minmax(0,1fr)_auto] gap-x-3' : 'block',
        className,
      )}
    >
      {columns.map((column) =>
        column.isRowHeader ? (
          <div
            key={column.key}
            role="rowheader"
            className={classNames(cell, bodyCell, 'pb-1 font-medium', hasButtons && 'row-start-1', side(column.align))}
          >
            {column.cell(row)}
          </div>
        ) : (
          <div
            key={column.key}
            role="cell"
            className={classNames(
              cell,
              bodyCell,
              'py-0.5',
              hasButtons && (column.isBesideTitle ? 'col-start-2 row-start-1' : 'col-span-2'),
              side(column.align),
            )}
          >
            <span
              className={classNames(
                'flex items-start gap-4 md:contents',
                column.hideHeader ? 'justify-end' : 'justify-between',
              )}
            >
              {!column.hideHeader && (
                <span aria-hidden className="shrink-0 text-ink-faint md:hidden">
                  {column.header}
                </span>
              )}
              <span className="min-w-0 text-right md:contents">{column.cell(row)}</span>
            </span>
          </div>
        ),
      )}
    </div>
  );
}
