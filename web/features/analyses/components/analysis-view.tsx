import { useQuery } from '@tanstack/react-query';
import { FileDown } from 'lucide-react';
import { Suspense } from 'react';
import type { Analysis } from '#server/contract/analysis.ts';
import { analysisQuery, readReport } from '#web/features/analyses/api/analysis-requests.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { lazyComponent } from '#web/lib/lazy-component.ts';
import { saveFile, toSavedName } from '#web/lib/save-file.ts';
import { useLocalized } from '#web/lib/use-localized.ts';
import { BackLink } from '#web/ui/back-link.tsx';
import { Button } from '#web/ui/button.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { ReportSql, type ToWorkbench } from './report-sql.tsx';
import { ReportTables } from './report-tables.tsx';

const ReportCharts = lazyComponent(async () => (await import('./report-charts.tsx')).ReportCharts);

/** An analysis: what it says, its charts, its figures, and the SQL behind them. */
export function AnalysisView({
  analysis: id,
  back,
  toWorkbench,
}: {
  analysis: string;
  back: string;
  toWorkbench: ToWorkbench;
}) {
  const { t } = useTranslation('analyses');
  const { data: analysis, error, refetch } = useQuery(analysisQuery(id));
  return (
    <>
      <BackLink to={back}>{t('view.back')}</BackLink>
      {analysis ? (
        <Report analysis={analysis} toWorkbench={toWorkbench} />
      ) : (
        <>
          <PageHeader title={t('title')} />
          {error ? <ErrorPanel error={error} onRetry={refetch} /> : <SkeletonList />}
        </>
      )}
    </>
  );
}

function Report({ analysis, toWorkbench }: { analysis: Analysis; toWorkbench: ToWorkbench }) {
  const { t } = useTranslation('analyses');
  const format = useFormat();
  const localize = useLocalized();
  const { report } = analysis;
  const warnings = report.notes.filter(({ level }) => level === 'warning');
  const remarks = report.notes.filter(({ level }) => level === 'info');
  const save = (kind: 'md' | 'pdf') =>
    void readReport(analysis.id, kind).then(
      (file) => saveFile(toSavedName(analysis.title, kind), file),
      showProblemToast,
    );
  return (
    <>
      <PageHeader
        title={analysis.title}
        description={`${t(`kinds.${analysis.kind}`)} · ${format.dateTime(analysis.createdAt)}`}
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
      <div className="grid min-w-0 grid-cols-1 gap-6">
        <ul aria-label={t('view.summary')} className="grid list-disc gap-1 pl-5 wrap-anywhere">
          {report.summary.map((sentence) => (
            <li key={sentence.en}>{localize(sentence)}</li>
          ))}
        </ul>
        {warnings.length > 0 && (
          <Notice tone="warning" title={t('view.warnings')}>
            <ul className="list-disc pl-5">
              {warnings.map(({ text }) => (
                <li key={text.en}>{localize(text)}</li>
              ))}
            </ul>
          </Notice>
        )}
        {remarks.length > 0 && (
          <Notice>
            {remarks.map(({ text }) => (
              <p key={text.en}>{localize(text)}</p>
            ))}
          </Notice>
        )}
        <Suspense fallback={<SkeletonList />}>
          <ReportCharts analysis={analysis} />
        </Suspense>
        <ReportTables report={report} />
        <ReportSql report={report} toWorkbench={toWorkbench} />
      </div>
    </>
  );
}
