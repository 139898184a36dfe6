import { useQuery } from '@tanstack/react-query';
import { FileDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { type ChartView, mostDrawnRows } from '#server/contract/chart-view.ts';
import type { Execution } from '#server/contract/execution.ts';
import { findViewFault, suggestView } from '#server/contract/to-view-chart.ts';
import { reportAddress, rowsQuery } from '#web/features/queries/api/execution-requests.ts';
import { useLanguage, useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { SavedCharts } from './saved-charts.tsx';
import { ViewChart } from './view-chart.tsx';
import { ViewFields } from './view-fields.tsx';

type ResultChartProps = {
  execution: Execution;
  /** What can be done with the chart elsewhere. */
  actions?: ((view: ChartView) => ReactNode) | undefined;
};

/** A result as a chart that a person puts together; begins with what suits its columns. */
export function ResultChart({ execution, actions }: ResultChartProps) {
  const { t } = useTranslation('queries');
  const language = useLanguage() === 'zh-CN' ? 'zh' : 'en';
  const { id, columns, rows, queryId } = execution;
  const [view, setView] = useState(() => suggestView(columns));
  const { data, error, refetch } = useQuery(rowsQuery(id, { offset: 0, limit: mostDrawnRows, sorting: null }));
  if (view === null) return <Notice>{t('chart.noFigures')}</Notice>;
  if (error) return <ErrorPanel error={error} onRetry={refetch} />;
  const title = t('chart.title', { x: view.x ?? '', y: view.y.join(', ') });
  return (
    <div className="grid min-w-0 grid-cols-1 gap-4">
      <ViewFields view={view} columns={columns} onChange={setView} />
      {rows > mostDrawnRows && <Notice>{t('chart.cut', { count: mostDrawnRows })}</Notice>}
      {data === undefined ? (
        <div className="h-60 animate-breathe rounded-md bg-sunken" />
      ) : (
        <ViewChart title={title} view={view} page={data} />
      )}
      <div className="flex flex-wrap items-end justify-between gap-3">
        {queryId === null ? <span /> : <SavedCharts queryId={queryId} view={view} onChoose={setView} />}
        <div className="flex flex-wrap items-center justify-end gap-2">
          {findViewFault(view, columns) === null && (
            <Button asChild size="small" icon={<FileDown aria-hidden />}>
              <a href={reportAddress(id, language, view)} download>
                PDF
              </a>
            </Button>
          )}
          {actions?.(view)}
        </div>
      </div>
    </div>
  );
}
