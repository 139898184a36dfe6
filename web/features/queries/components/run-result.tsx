import { ChartColumn, Download, Square, Table } from 'lucide-react';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import type { ChartView } from '#server/contract/chart-view.ts';
import type { Execution } from '#server/contract/execution.ts';
import type { SqlFault } from '#server/contract/sql.ts';
import { exportAddress, reportAddress } from '#web/features/queries/api/execution-requests.ts';
import type { RunState } from '#web/features/queries/use-execution.ts';
import { useFormat } from '#web/lib/format.ts';
import { useLanguage, useTranslation } from '#web/lib/i18n/use-translation.ts';
import { lazyComponent } from '#web/lib/lazy-component.ts';
import { Button } from '#web/ui/button.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Menu, MenuItem } from '#web/ui/menu.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { SegmentedChoice } from '#web/ui/segmented-choice.tsx';
import { ResultRows } from './result-rows.tsx';

const ResultChart = lazyComponent(async () => (await import('./result-chart.tsx')).ResultChart);
const exportFormats = ['csv', 'json', 'parquet'] as const;

type RunResultProps = {
  state: RunState;
  onCancel: () => void;
  onGoToFault: (fault: SqlFault) => void;
  actions?: ResultActions | undefined;
};
/** What can be done with a result elsewhere; `view` is null where it is shown as rows. */
export type ResultActions = (execution: Execution, view: ChartView | null) => ReactNode;

/** What became of the last run: how long it takes, why it failed, or its rows and a chart of them. */
export function RunResult({ state, onCancel, onGoToFault, actions }: RunResultProps) {
  const { t } = useTranslation('queries');
  switch (state.kind) {
    case 'none':
      return null;
    case 'running':
      return (
        <div
          role="status"
          className="flex flex-wrap items-center gap-3 rounded-md border border-line bg-sunken p-4 text-sm"
        >
          <span className="animate-breathe font-medium">{t('run.running')}</span>
          <Elapsed since={state.since} />
          <Button size="small" icon={<Square aria-hidden />} onClick={onCancel} className="ml-auto">
            {t('run.cancel')}
          </Button>
        </div>
      );
    case 'refused':
      return <ErrorPanel error={state.error} />;
    case 'ended':
      return <Ended key={state.execution.id} execution={state.execution} onGoToFault={onGoToFault} actions={actions} />;
  }
}

function Elapsed({ since }: { since: number }) {
  const { t } = useTranslation('queries');
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 200);
    return () => clearInterval(timer);
  }, []);
  return (
    <span className="text-ink-soft tabular-nums">
      {t('run.seconds', { seconds: (Math.max(0, now - since) / 1000).toFixed(1) })}
    </span>
  );
}

function Ended({
  execution,
  onGoToFault,
  actions,
}: {
  execution: Execution;
  onGoToFault: (fault: SqlFault) => void;
  actions: ResultActions | undefined;
}) {
  const { t } = useTranslation('queries');
  const format = useFormat();
  const language = useLanguage() === 'zh-CN' ? 'zh' : 'en';
  const [view, setView] = useState<'rows' | 'chart'>('rows');
  const { fault, state, rows, durationMs, isCut, id, keptUntil, credits } = execution;
  if (fault !== null) {
    return (
      <div role="alert">
        <Notice
          tone="danger"
          title={t(`fault.${fault.kind}`)}
          actions={
            fault.line !== null && (
              <Button size="small" onClick={() => onGoToFault(fault)}>
                {t('fault.place', { line: fault.line, column: fault.column })}
              </Button>
            )
          }
        >
          {fault.words === undefined ? (
            <p lang="en" className="font-mono text-xs whitespace-pre-wrap wrap-anywhere">
              {fault.message}
            </p>
          ) : (
            <p className="wrap-anywhere">{fault.words[language]}</p>
          )}
        </Notice>
      </div>
    );
  }
  if (state !== 'completed') return <Notice>{t('run.cancelled')}</Notice>;
  if (keptUntil === null) return <Notice>{t('run.dropped')}</Notice>;
  const figures = { rows: format.number(rows), seconds: ((durationMs ?? 0) / 1000).toFixed(2) };
  return (
    <section aria-label={t('result.label')} className="grid min-w-0 grid-cols-1 gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <p role="status" className="text-sm text-ink-soft tabular-nums">
          {t('result.figures', { ...figures, count: rows })}
          {credits !== null && ` · ${t('result.credits', { credits, count: Number(credits) })}`}
        </p>
        <div className="ml-auto flex flex-wrap items-center gap-2">
          <SegmentedChoice
            label={t('result.view')}
            value={view}
            onChange={setView}
            options={[
              { value: 'rows', label: t('result.asRows'), icon: <Table aria-hidden /> },
              { value: 'chart', label: t('result.asChart'), icon: <ChartColumn aria-hidden /> },
            ]}
          />
          <Menu
            label={t('result.export')}
            trigger={
              <Button size="small" icon={<Download aria-hidden />}>
                {t('result.export')}
              </Button>
            }
          >
            {exportFormats.map((ending) => (
              <MenuItem key={ending} asChild>
                <a href={exportAddress(id, ending)} download>
                  {t(`result.formats.${ending}`)}
                </a>
              </MenuItem>
            ))}
            <MenuItem asChild>
              <a href={reportAddress(id, language)} download>
                {t('result.formats.pdf')}
              </a>
            </MenuItem>
          </Menu>
        </div>
      </div>
      {isCut && <Notice tone="warning">{t('result.cut', { rows: figures.rows })}</Notice>}
      {view === 'rows' ? (
        <>
          <ResultRows execution={execution} />
          <div className="flex flex-wrap justify-end gap-2">{actions?.(execution, null)}</div>
        </>
      ) : (
        <Suspense fallback={<div className="h-60 animate-breathe rounded-md bg-sunken" />}>
          <ResultChart execution={execution} {...(actions && { actions: (chart) => actions(execution, chart) })} />
        </Suspense>
      )}
    </section>
  );
}
