import { useMemo } from 'react';
import { toAuditCharts } from '#server/contract/audit-charts.ts';
import type { ContractAudit } from '#server/contract/contract-audit.ts';
import { chartAddress } from '#web/features/contract-audits/api/audit-requests.ts';
import { KeptCharts } from '#web/features/runs/components/kept-charts.tsx';
import { useLanguage, useTranslation } from '#web/lib/i18n/use-translation.ts';

/** What was found, by severity and by kind. */
export function AuditCharts({ audit: { id, report } }: { audit: ContractAudit }) {
  const { t } = useTranslation('contract-audits');
  const language = useLanguage() === 'zh-CN' ? 'zh' : 'en';
  const charts = useMemo(() => toAuditCharts(report.findings, language), [report, language]);
  return (
    <KeptCharts
      charts={charts}
      toAddress={(chart) => chartAddress(id, chart, language)}
      label={t('view.charts')}
      saveLabel={t('view.saveChart')}
      className="grid-cols-1 lg:grid-cols-2"
    />
  );
}
