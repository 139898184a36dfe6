import { useQuery } from '@tanstack/react-query';
import { FileDown } from 'lucide-react';
import { useState } from 'react';
import { type ContractAudit, FindingSeverity } from '#server/contract/contract-audit.ts';
import { auditQuery, readReport } from '#web/features/contract-audits/api/audit-requests.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { saveFile, toSavedName } from '#web/lib/save-file.ts';
import { BackLink } from '#web/ui/back-link.tsx';
import { Button } from '#web/ui/button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { SegmentedChoice } from '#web/ui/segmented-choice.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { AuditCharts } from './audit-charts.tsx';
import { CompilationNotes } from './compilation-notes.tsx';
import { FindingCard } from './finding-card.tsx';
import { SourceView } from './source-view.tsx';

/** An audit: what was found, beside the source. */
export function AuditView({ audit: id, back }: { audit: string; back: string }) {
  const { t } = useTranslation('contract-audits');
  const { data: audit, error, refetch } = useQuery(auditQuery(id));
  return (
    <>
      <BackLink to={back}>{t('view.back')}</BackLink>
      {audit ? (
        <Report audit={audit} />
      ) : (
        <>
          <PageHeader title={t('title')} />
          {error ? <ErrorPanel error={error} onRetry={refetch} /> : <SkeletonList />}
        </>
      )}
    </>
  );
}

function Report({ audit }: { audit: ContractAudit }) {
  const { t } = useTranslation('contract-audits');
  const format = useFormat();
  const { findings } = audit.report;
  const [severity, setSeverity] = useState<FindingSeverity | 'all'>('all');
  const [chosen, setChosen] = useState(findings[0]?.id ?? null);
  const shown = findings.filter((finding) => severity === 'all' || finding.severity === severity);
  const finding = findings.find((one) => one.id === chosen) ?? null;
  const save = (kind: 'md' | 'pdf') =>
    void readReport(audit.id, kind).then(
      (report) => saveFile(toSavedName(audit.title, kind), report),
      showProblemToast,
    );

  return (
    <>
      <PageHeader
        title={audit.title}
        description={`${format.dateTime(audit.createdAt)} · ${t('lines', { count: audit.lines })} · ${t('view.scope')}`}
        actions={
          <>
            <Button icon={<FileDown aria-hidden />} onClick={() => save('pdf')}>
              PDF
            </Button>
            <Button icon={<FileDown aria-hidden />} onClick={() => save('md')}>
              Markdown
            </Button>
          </>
        }
      />
      <div className="grid grid-cols-1 gap-6">
        <CompilationNotes report={audit.report} />
        <AuditCharts audit={audit} />
        {findings.length > 0 && (
          <SegmentedChoice
            label={t('view.filter')}
            value={severity}
            onChange={setSeverity}
            options={[
              { value: 'all' as const, label: t('view.all', { count: findings.length }) },
              ...FindingSeverity.options
                .filter((one) => audit.counts[one] > 0)
                .map((one) => ({ value: one, label: `${t(`severity.${one}`)} ${audit.counts[one]}` })),
            ]}
          />
        )}
        <div className="grid items-start gap-6 lg:grid-cols-2">
          {findings.length === 0 ? (
            <EmptyState title={t('view.noneTitle')}>{t('view.noneText')}</EmptyState>
          ) : (
            <ul aria-label={t('view.findings')} className="grid min-w-0 gap-3">
              {shown.map((one) => (
                <FindingCard
                  key={one.id}
                  finding={one}
                  isChosen={one.id === chosen}
                  onChoose={() => setChosen(one.id)}
                />
              ))}
            </ul>
          )}
          <SourceView files={audit.files} finding={finding} />
        </div>
      </div>
    </>
  );
}
