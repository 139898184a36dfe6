import { useMemo } from 'react';
import { toAuditCharts } from '#server/contract/audit-charts.ts';
import type { ContractAudit } from '#server/contract/contract-audit.ts';
import { chartAddress } from '#web/features/contract-audits/api/audit-requests.ts';
import { KeptChart } from '#web/features/runs/components/kept-chart.tsx';
import { useLanguage, useTranslation } from '#web/lib/i18n/use-translation.ts';

/** What was found, by severity and by kind. */
export function AuditCharts({ audit: { id, report } }: { audit: ContractAudit }) {
  const { t } = useTranslation('contract-audits');
  const language = useLanguage() === 'zh-CN' ? 'zh' : 'en';
  const charts = useMemo(() => toAuditCharts(report.findings, language), [report, language]);
  if (charts.length === 0) return null;
  return (
    <section aria-label={t('view.charts')} className="grid min-w-0 grid-cols-1 gap-6 lg:grid-cols-2">
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
