import { useEffect, useEffectEvent, useState } from 'react';

type Cell = { row: number; column: number };
type Selection = { anchor: Cell; end: Cell };
/** The cells from one corner to the other, both among them. */
export type Block = { top: number; bottom: number; left: number; right: number };

type Needs = {
  scroller: HTMLElement | null;
  /** Whose cells they are: others begin with none chosen. */
  of: string;
  rows: number;
  columns: number;
  firstInView: number;
  /** The rows of a block, asked for where they are not there yet. */
  readRows: (block: Block) => Promise<unknown[][]>;
  toText: (value: unknown) => string;
  /** How many cells were copied; 0 when others are chosen. */
  onCopied: (cells: number) => void;
};

/** A value as spreadsheets take it: what would begin another cell or row stands in quotation marks. */
const toTsvCell = (text: string) => (/[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Rows as spreadsheets take them from a clipboard. */
export const toTsv = (rows: string[][]): string => rows.map((row) => row.map(toTsvCell).join('\t')).join('\n');

/** Cells that somebody chose by mouse or keys, and what copying them brings. */
export function useCellSelection(needs: Needs): { block: Block | null } {
  const { scroller, of, rows, columns } = needs;
  const [{ whose, chosen }, setState] = useState<{ whose: string; chosen: Selection | null }>({
    whose: of,
    chosen: null,
  });
  const selection = whose === of ? chosen : null;
  const choose = (next: Selection | null) => {
    setState({ whose: of, chosen: next });
    needs.onCopied(0);
  };

  const press = useEffectEvent((event: MouseEvent) => {
    const cell = event.target instanceof Element ? event.target.closest('td') : null;
    const row = Number(cell?.parentElement?.dataset['row'] ?? 'none');
    if (cell === null || event.button !== 0 || Number.isNaN(row)) return;
    const column = cell.cellIndex - 1;
    const isWhole = column < 0;
    const end = { row, column: isWhole ? columns - 1 : column };
    if (event.shiftKey) {
      // Else the browser would mark the words between, too.
      event.preventDefault();
      scroller?.focus({ preventScroll: true });
    }
    choose({
      anchor: event.shiftKey && selection !== null ? selection.anchor : { row, column: isWhole ? 0 : column },
      end,
    });
  });

  const key = useEffectEvent((event: KeyboardEvent) => {
    if (event.target !== scroller) return;
    if (event.key === 'Escape' && selection !== null) return choose(null);
    if ((event.key === 'Enter' || event.key === ' ') && selection === null && rows > 0) {
      event.preventDefault();
      const first = { row: Math.min(needs.firstInView, rows - 1), column: 0 };
      return choose({ anchor: first, end: first });
    }
    const [down = 0, right = 0] = moves[event.key] ?? [];
    if (selection === null || (down === 0 && right === 0) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const end = {
      row: Math.min(rows - 1, Math.max(0, selection.end.row + down)),
      column: Math.min(columns - 1, Math.max(0, selection.end.column + right)),
    };
    choose({ anchor: event.shiftKey ? selection.anchor : end, end });
    scroller
      ?.querySelector(`tr[data-row="${end.row}"]`)
      ?.children[end.column + 1]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });

  const copy = useEffectEvent((event: ClipboardEvent) => {
    const block = toBlock(selection);
    const marked = globalThis.getSelection();
    if (block === null || (marked !== null && !marked.isCollapsed)) return;
    event.preventDefault();
    void needs.readRows(block).then(async (found) => {
      const cells = found.map((row) => row.slice(block.left, block.right + 1).map(needs.toText));
      await navigator.clipboard.writeText(toTsv(cells));
      needs.onCopied(cells.length * (block.right - block.left + 1));
    });
  });

  useEffect(() => {
    if (scroller === null) return;
    const stop = new AbortController();
    const { signal } = stop;
    scroller.addEventListener('mousedown', press, { signal });
    scroller.addEventListener('keydown', key, { signal });
    scroller.addEventListener('copy', copy, { signal });
    return () => stop.abort();
  }, [scroller]);
  return { block: toBlock(selection) };
}

const moves: Record<string, [down: number, right: number]> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
};

const toBlock = (selection: Selection | null): Block | null =>
  selection === null
    ? null
    : {
        top: Math.min(selection.anchor.row, selection.end.row),
        bottom: Math.max(selection.anchor.row, selection.end.row),
        left: Math.min(selection.anchor.column, selection.end.column),
        right: Math.max(selection.anchor.column, selection.end.column),
      };
