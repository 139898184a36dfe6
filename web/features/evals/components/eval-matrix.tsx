import { Ellipsis, Pencil, Play, Trash2 } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { EvalColumn, EvalResult, EvalRun, StoredEval } from '#server/contract/eval.ts';
import { useColumnName } from '#web/features/evals/use-column-name.ts';
import { useFormat } from '#web/lib/format.ts';
import { type Column, DataTable } from '#web/ui/data-table.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { Menu, MenuItem } from '#web/ui/menu.tsx';
import { ScrollRegion } from '#web/ui/scroll-region.tsx';
import { EvalMark } from './eval-mark.tsx';

type EvalMatrixProps = {
  tests: readonly StoredEval[];
  /** The newest run; null before the first. */
  run: EvalRun | null;
  isBusy: boolean;
  onOpen: (row: number, column: number) => void;
  onEdit: (test: StoredEval) => void;
  onRun: (test: StoredEval) => void;
  onDelete: (test: StoredEval) => void;
};

type Row = { key: string; test: StoredEval | null };

const total: Row = { key: 'total', test: null };

/** The tests, and beside each how it went in every column of the newest run, with cost and time. */
export function EvalMatrix({ tests, run, isBusy, onOpen, onEdit, onRun, onDelete }: EvalMatrixProps) {
  const { t } = useTranslation('evals');
  const toColumnName = useColumnName();
  const rowOf = (test: StoredEval) => run?.tests.findIndex(({ id }) => id === test.id) ?? -1;
  const toResultColumn = (column: EvalColumn, place: number): Column<Row> => ({
    key: JSON.stringify(column),
    header: toColumnName(column),
    cell: ({ test }) => {
      if (test === null) return run && <Totals run={run} column={place} />;
      const row = rowOf(test);
      const result = run?.results.find((one) => one.row === row && one.column === place);
      return result === undefined ? (
        <span className="text-ink-faint">{t('matrix.notRun')}</span>
      ) : (
        <ResultCell
          label={t('matrix.open', {
            status: t(`status.${result.status}`),
            name: test.test.name,
            column: toColumnName(column),
          })}
          result={result}
          onOpen={() => onOpen(row, place)}
        />
      );
    },
  });
  const columns: Column<Row>[] = [
    {
      key: 'test',
      header: t('matrix.test'),
      isRowHeader: true,
      cell: ({ test }) =>
        test === null ? (
          t('matrix.total')
        ) : (
          <button
            type="button"
            className="min-h-9 text-left break-words hover:text-accent hover:underline md:min-w-36"
            onClick={() => onEdit(test)}
          >
            {test.test.name}
          </button>
        ),
    },
    ...(run?.columns.map(toResultColumn) ?? []),
    {
      key: 'actions',
      header: t('matrix.actions'),
      hideHeader: true,
      isBesideTitle: true,
      align: 'end',
      cell: ({ test }) =>
        test && (
          <Menu
            label={t('matrix.more', { name: test.test.name })}
            trigger={
              <IconButton
                label={t('matrix.more', { name: test.test.name })}
                icon={<Ellipsis />}
                size="small"
                tooltip={false}
              />
            }
          >
            <MenuItem icon={<Play aria-hidden />} disabled={isBusy} onSelect={() => onRun(test)}>
              {t('matrix.runOne')}
            </MenuItem>
            <MenuItem icon={<Pencil aria-hidden />} onSelect={() => onEdit(test)}>
              {t('common:action.edit')}
            </MenuItem>
            <MenuItem icon={<Trash2 aria-hidden />} onSelect={() => onDelete(test)}>
              {t('common:action.delete')}
            </MenuItem>
          </Menu>
        ),
    },
  ];
  return (
    <ScrollRegion label={t('title')}>
      <DataTable
        caption={t('title')}
        columns={columns}
        rows={tests.map((test) => ({ key: test.id, test }))}
        rowKey={({ key }) => key}
        footer={run === null ? undefined : total}
      />
    </ScrollRegion>
  );
}

function ResultCell({ label, result, onOpen }: { label: string; result: EvalResult; onOpen: () => void }) {
  const hasMore = result.status !== 'waiting' && result.status !== 'running';
  if (!hasMore) return <EvalMark status={result.status} />;
  return (
    <button
      type="button"
      aria-label={label}
      className="inline-grid min-h-9 justify-items-end rounded-md py-1 text-right hover:bg-sunken md:-mx-2 md:justify-items-start md:px-2 md:text-left"
      onClick={onOpen}
    >
      <EvalMark status={result.status} />
      <Figures durationMs={result.durationMs} costUsd={result.costUsd} />
    </button>
  );
}

function Totals({ run, column }: { run: EvalRun; column: number }) {
  const { t } = useTranslation('evals');
  const results = run.results.filter((result) => result.column === column);
  const known = results.flatMap(({ costUsd }) => (costUsd === null ? [] : [costUsd]));
  const passed = run.counts[column]?.passed ?? 0;
  const durations = results.flatMap(({ durationMs }) => (durationMs === null ? [] : [durationMs]));
  const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);
  return (
    <span className="inline-grid justify-items-end md:justify-items-start">
      <span>{t('matrix.passed', { passed, all: results.length })}</span>
      <Figures
        durationMs={durations.length === 0 ? null : sum(durations)}
        costUsd={known.length === 0 ? null : sum(known)}
      />
    </span>
  );
}

function Figures({ durationMs, costUsd }: { durationMs: number | null; costUsd: number | null }) {
  const format = useFormat();
  const figures = [
    ...(durationMs === null ? [] : [format.duration(durationMs)]),
    ...(costUsd === null ? [] : [format.usd(costUsd)]),
  ];
  return <span className="text-xs font-normal text-ink-faint tabular-nums">{figures.join(' · ')}</span>;
}
