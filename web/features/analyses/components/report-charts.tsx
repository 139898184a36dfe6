import { useMemo } from 'react';
import { toAnalysisCharts } from '#server/contract/analysis-charts.ts';
import type { Analysis } from '#server/contract/analysis.ts';
import { chartAddress } from '#web/features/analyses/api/analysis-requests.ts';
import { KeptChart } from '#web/features/runs/components/kept-chart.tsx';
import { useLanguage, useTranslation } from '#web/lib/i18n/use-translation.ts';

/** The charts of a report. */
export function ReportCharts({ analysis: { id, report } }: { analysis: Analysis }) {
  const { t } = useTranslation('analyses');
  const language = useLanguage() === 'zh-CN' ? 'zh' : 'en';
  const charts = useMemo(() => toAnalysisCharts(report, language), [report, language]);
  if (charts.length === 0) return null;
  const isMany = charts.length > 2;
  return (
    <section
      aria-label={t('view.charts')}
      className={`grid min-w-0 gap-6 ${isMany ? 'lg:grid-cols-2' : 'grid-cols-1'}`}
    >
      {charts.map((chart) => (
        <KeptChart
          key={chart.id}
          chart={chart}
          address={chartAddress(id, chart.id, language)}
          saveLabel={t('view.saveChart')}
        />
      ))}
    </section>
  );
}
