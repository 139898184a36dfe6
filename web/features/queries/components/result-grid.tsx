import { useQueries, useQueryClient } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, ChevronFirst, ChevronLast, ChevronLeft, ChevronRight } from 'lucide-react';
import { memo, useEffect, useLayoutEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { isFigureType } from '#server/contract/column-types.ts';
import type { Execution } from '#server/contract/execution.ts';
import type { SqlColumn } from '#server/contract/sql.ts';
import { rowsPerRequest, rowsQuery, type Sorting } from '#web/features/queries/api/execution-requests.ts';
import { toCell } from '#web/features/queries/to-cell.ts';
import { type Block, useCellSelection } from '#web/features/queries/use-cell-selection.ts';
import { classNames } from '#web/lib/class-names.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { ScrollRegion } from '#web/ui/scroll-region.tsx';
import { ColumnEdge } from './column-edge.tsx';

/** Browsers have no box as high as a million rows; so many are scrolled through at once. */
const rowsPerPage = 20_000;
const rowHeightPx = 33;
const rowsAround = 20;
/** In characters; what is longer may be cut by its cell, and is whole in its title. */
const longestShown = 30;

/** The rows of a result: those in view are asked for, in pages, by any column. */
export function ResultGrid({ execution, filter = '' }: { execution: Execution; filter?: string }) {
  const { t } = useTranslation('queries');
  const format = useFormat();
  const { id, columns, rows: total } = execution;
  const [page, setPage] = useState(0);
  const [sorting, setSorting] = useState<Sorting>(null);
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const { first, last } = useRowsInView(scroller);
  const pageStart = page * rowsPerPage;
  const count = Math.min(rowsPerPage, total - pageStart);
  const from = Math.max(0, first - rowsAround);
  const to = Math.min(count, last + rowsAround);

  const chunks: number[] = [];
  for (let start = Math.floor(from / rowsPerRequest); start * rowsPerRequest < to; start += 1) chunks.push(start);
  const read = useQueries({
    queries: chunks.map((chunk) =>
      rowsQuery(id, { offset: pageStart + chunk * rowsPerRequest, limit: rowsPerRequest, sorting, filter }),
    ),
  });
  const failed = read.find(({ error }) => error !== null);
  const { setTable, widthsPx } = useFirstWidths({
    of: JSON.stringify([page, sorting]),
    isThere: read.length > 0 && read.every(({ data }) => data !== undefined),
  });
  const client = useQueryClient();
  const [ownWidths, setOwnWidths] = useState<Record<string, number>>({});
  const [copied, setCopied] = useState(0);
  const readRows = async ({ top, bottom }: Block) => {
    const asked: Promise<unknown[][]>[] = [];
    for (let chunk = Math.floor(top / rowsPerRequest); chunk * rowsPerRequest <= bottom; chunk += 1) {
      const place = { offset: pageStart + chunk * rowsPerRequest, limit: rowsPerRequest, sorting, filter };
      asked.push(client.fetchQuery(rowsQuery(id, place)).then(({ rows }) => rows));
    }
    const start = Math.floor(top / rowsPerRequest) * rowsPerRequest;
    return (await Promise.all(asked)).flat().slice(top - start, bottom - start + 1);
  };
  const { block } = useCellSelection({
    scroller,
    of: JSON.stringify([id, page, sorting, filter]),
    rows: count,
    columns: columns.length,
    firstInView: first,
    readRows,
    toText: toCell,
    onCopied: setCopied,
  });
  const rowAt = (index: number) =>
    read[chunks.indexOf(Math.floor(index / rowsPerRequest))]?.data?.rows[index % rowsPerRequest];

  const lastPage = Math.ceil(total / rowsPerPage) - 1;
  const goTo = (next: number, to: 'top' | 'end' = 'top') => {
    // At once, for the end of the last page is where its rows are, not those of this one.
    flushSync(() => setPage(next));
    scroller?.scrollTo({ top: to === 'top' ? 0 : scroller.scrollHeight });
  };
  const sortBy = (column: string) => {
    const isSame = sorting?.column === column;
    setSorting(isSame && sorting.direction === 'desc' ? null : { column, direction: isSame ? 'desc' : 'asc' });
    goTo(0);
  };

  return (
    <div className="grid min-w-0 grid-cols-1 gap-2">
      {failed && <ErrorPanel error={failed.error} onRetry={failed.refetch} />}
      <ScrollRegion
        ref={setScroller}
        label={t('result.rowsLabel')}
        className="max-h-[32rem] w-fit max-w-full rounded-md border border-line bg-surface"
      >
        <table
          ref={setTable}
          className={classNames('border-separate border-spacing-0 text-sm', widthsPx && 'w-px table-fixed')}
          aria-rowcount={total + 1}
        >
          {widthsPx && (
            <colgroup>
              {widthsPx.map((width, column) => (
                <col key={column} style={{ width: ownWidths[columns[column - 1]?.name ?? ''] ?? width }} />
              ))}
            </colgroup>
          )}
          <thead>
            <tr>
              <th
                scope="col"
                style={{ minWidth: `calc(${format.number(total).length}ch + 1rem)` }}
                className="sticky top-0 z-10 border-b border-line bg-sunken px-2 text-right text-xs font-normal text-ink-faint"
              >
                #
              </th>
              {columns.map(({ name, type }, column) => (
                <th
                  key={name}
                  scope="col"
                  aria-sort={
                    sorting?.column === name ? (sorting.direction === 'asc' ? 'ascending' : 'descending') : 'none'
                  }
                  className="sticky top-0 z-10 border-b border-line bg-sunken p-0"
                >
                  <button
                    type="button"
                    title={t('result.sort', { column: name })}
                    onClick={() => sortBy(name)}
                    className={classNames(
                      'flex w-full min-w-24 items-center gap-2 px-3 py-1.5 text-left whitespace-nowrap -outline-offset-2 hover:text-accent',
                      isFigureType(type) && 'flex-row-reverse text-right',
                    )}
                  >
                    <span className="grid">
                      <span className="font-medium">{name}</span>
                      <span className="text-xs font-normal text-ink-faint">{type}</span>
                    </span>
                    {sorting?.column === name &&
                      (sorting.direction === 'asc' ? (
                        <ArrowUp aria-hidden className="size-3.5 shrink-0" />
                      ) : (
                        <ArrowDown aria-hidden className="size-3.5 shrink-0" />
                      ))}
                  </button>
                  {widthsPx && (
                    <ColumnEdge
                      column={name}
                      widthPx={ownWidths[name] ?? widthsPx[column + 1] ?? 0}
                      onResize={(width) =>
                        setOwnWidths(({ [name]: _, ...others }) =>
                          width === null ? others : { ...others, [name]: width },
                        )
                      }
                    />
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Space rows={from} columns={columns.length} />
            {Array.from({ length: Math.max(0, to - from) }, (_, place) => from + place).map((index) => (
              <GridRow
                key={index}
                place={pageStart + index}
                name={format.number(pageStart + index + 1)}
                row={rowAt(index)}
                columns={columns}
                index={index}
                left={isIn(block, index) ? block.left : -1}
                right={isIn(block, index) ? block.right : -1}
              />
            ))}
            <Space rows={count - to} columns={columns.length} />
          </tbody>
        </table>
      </ScrollRegion>
      {block !== null && (
        <p aria-live="polite" className="text-xs text-ink-faint">
          {copied > 0 ? t('result.copied', { count: copied, cells: format.number(copied) }) : t('result.copyHint')}
        </p>
      )}
      {total > rowsPerPage && (
        <div className="flex items-center gap-2 text-sm text-ink-soft">
          <IconButton
            size="small"
            label={t('result.first')}
            icon={<ChevronFirst />}
            disabled={page === 0}
            onClick={() => goTo(0)}
          />
          <IconButton
            size="small"
            label={t('result.previous')}
            icon={<ChevronLeft />}
            disabled={page === 0}
            onClick={() => goTo(page - 1)}
          />
          <span className="tabular-nums" aria-live="polite">
            {t('result.span', {
              from: format.number(pageStart + 1),
              to: format.number(pageStart + count),
              total: format.number(total),
            })}
          </span>
          <IconButton
            size="small"
            label={t('result.next')}
            icon={<ChevronRight />}
            disabled={pageStart + count >= total}
            onClick={() => goTo(page + 1)}
          />
          <IconButton
            size="small"
            label={t('result.last')}
            icon={<ChevronLast />}
            disabled={page === lastPage && last >= count}
            onClick={() => goTo(lastPage, 'end')}
          />
        </div>
      )}
    </div>
  );
}

const isIn = (block: Block | null, row: number): block is Block =>
  block !== null && row >= block.top && row <= block.bottom;

type GridRowProps = {
  place: number;
  name: string;
  row: unknown[] | undefined;
  columns: SqlColumn[];
  index: number;
  /** From which to which column its cells are chosen; -1: none is. */
  left: number;
  right: number;
};

/** One row; most of those in view stay there while somebody scrolls, and are not drawn again. */
const GridRow = memo(function GridRow({ place, name, row, columns, index, left, right }: GridRowProps) {
  return (
    <tr aria-rowindex={place + 2} data-row={index} style={{ height: rowHeightPx }}>
      <td className="border-b border-line px-2 text-right text-xs text-ink-faint tabular-nums">{name}</td>
      {columns.map(({ name: title, type }, column) => {
        const value = row?.[column];
        const text = toCell(value);
        return (
          <td
            key={title}
            title={text.length > longestShown ? text : undefined}
            data-chosen={(left >= 0 && column >= left && column <= right) || undefined}
            className={classNames(
              'max-w-lg truncate border-b border-line px-3 whitespace-pre data-chosen:bg-accent-soft',
              isFigureType(type) && 'text-right tabular-nums',
            )}
          >
            {row === undefined ? (
              <span className="inline-block h-3 w-12 animate-breathe rounded-sm bg-sunken" />
            ) : value === null ? (
              <span className="text-xs text-ink-faint">NULL</span>
            ) : (
              text
            )}
          </td>
        );
      })}
    </tr>
  );
});

/** As much room as some rows take that are not in view. */
function Space({ rows, columns }: { rows: number; columns: number }) {
  if (rows <= 0) return null;
  return (
    <tr aria-hidden>
      <td colSpan={columns + 1} style={{ height: rows * rowHeightPx, padding: 0 }} />
    </tr>
  );
}

/**
 * The widths of the columns as the first rows (`of` a page and an order) take them, once these are there: they stand still while
 * somebody scrolls, and the browser need not look through every cell for the widest whenever a row comes.
 */
function useFirstWidths({ of, isThere }: { of: string; isThere: boolean }) {
  const [table, setTable] = useState<HTMLTableElement | null>(null);
  const [{ measured, widthsPx }, setState] = useState<Widths>(unmeasured);
  useLayoutEffect(() => {
    if (table === null || !isThere || measured === of) return;
    if (widthsPx !== null) return setState(unmeasured);
    const widths = Array.from(table.rows[0]?.cells ?? [], (cell) => cell.getBoundingClientRect().width);
    // Not while it is out of sight.
    if (widths.some((width) => width > 0)) setState({ measured: of, widthsPx: widths });
  }, [table, isThere, of, measured, widthsPx]);
  return { setTable, widthsPx };
}

type Widths = { measured: string; widthsPx: number[] | null };
const unmeasured: Widths = { measured: '', widthsPx: null };

function useRowsInView(scroller: HTMLElement | null) {
  const [view, setView] = useState({ first: 0, last: rowsAround });
  useEffect(() => {
    if (scroller === null) return;
    const measure = () => {
      const first = Math.floor(scroller.scrollTop / rowHeightPx);
      const last = first + Math.ceil(scroller.clientHeight / rowHeightPx);
      setView((before) =>
        Math.abs(before.first - first) < rowsAround / 2 && before.last >= last - rowsAround / 2
          ? before
          : { first, last },
      );
    };
    measure();
    scroller.addEventListener('scroll', measure, { passive: true });
    return () => scroller.removeEventListener('scroll', measure);
  }, [scroller]);
  return view;
}
