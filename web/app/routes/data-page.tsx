import { BellRing, ChartSpline } from 'lucide-react';
import { useState } from 'react';
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router';
import { PageFrame } from '#web/app/page-frame.tsx';
import { paths } from '#web/app/paths.ts';
import { SaveToDashboard } from '#web/features/dashboards/components/save-to-dashboard.tsx';
import type { AnalysisAsked } from '#web/features/queries/analysis-asked.ts';
import { findAskedSql } from '#web/features/queries/find-asked-sql.ts';
import { AnalyseMenu } from '#web/features/queries/components/analyse-menu.tsx';
import { Workbench } from '#web/features/queries/components/workbench.tsx';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { lazyDialog } from '#web/ui/dialog.tsx';

const AnalyseDialog = lazyDialog(
  async () => (await import('#web/features/analyses/components/analyse-dialog.tsx')).AnalyseDialog,
);

/** The SQL workbench; the saved query that is open stands in the address. */
export function Page() {
  const { t } = useTranslation('queries');
  const [search, setSearch] = useSearchParams();
  const { hash } = useLocation();
  const [asked, setAsked] = useState<AnalysisAsked | null>(null);
  const [isOpen, setOpen] = useState(false);
  const navigate = useNavigate();
  const ask = (wanted: AnalysisAsked) => {
    setAsked(wanted);
    setOpen(true);
  };
  const show = (analysis: string) => void navigate(paths.analysis(analysis));
  return (
    <PageFrame wide>
      <Workbench
        queryId={search.get('query')}
        asked={findAskedSql(hash)}
        onOpenQuery={(query) => setSearch(query === null ? {} : { query })}
        resultActions={(execution, view) => (
          <>
            <AnalyseMenu
              name={t('result.label')}
              source={{ execution: execution.id }}
              columns={execution.columns}
              onAnalyse={ask}
            />
            <SaveToDashboard execution={execution} view={view} toAddress={paths.dashboard} />
            {execution.queryId !== null && (
              <Button asChild size="small" icon={<BellRing aria-hidden />}>
                <Link to={paths.alerts({ query: execution.queryId })}>{t('result.alert')}</Link>
              </Button>
            )}
          </>
        )}
        onAnalyse={ask}
        moreActions={
          <Button asChild icon={<ChartSpline aria-hidden />}>
            <Link to={paths.analyses()}>{t('analyse.all')}</Link>
          </Button>
        }
      />
      <AnalyseDialog asked={asked} open={isOpen} onOpenChange={setOpen} onAnalysed={show} />
    </PageFrame>
  );
}
