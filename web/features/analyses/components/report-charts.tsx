import { useMemo } from 'react';
import { toAnalysisCharts } from '#server/contract/analysis-charts.ts';
import type { Analysis } from '#server/contract/analysis.ts';
import { chartAddress } from '#web/features/analyses/api/analysis-requests.ts';
import { KeptCharts } from '#web/features/runs/components/kept-charts.tsx';
import { useLanguage, useTranslation } from '#web/lib/i18n/use-translation.ts';

/** The charts of a report. */
export function ReportCharts({ analysis: { id, report } }: { analysis: Analysis }) {
  const { t } = useTranslation('analyses');
  const language = useLanguage() === 'zh-CN' ? 'zh' : 'en';
  const charts = useMemo(() => toAnalysisCharts(report, language), [report, language]);
  return (
    <KeptCharts
      charts={charts}
      toAddress={(chart) => chartAddress(id, chart, language)}
      label={t('view.charts')}
      saveLabel={t('view.saveChart')}
      className={charts.length > 2 ? 'lg:grid-cols-2' : 'grid-cols-1'}
    />
  );
}
