import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, FileDown, LayoutDashboard, Link2, Pencil, RefreshCw, Settings2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import type { Dashboard, ParameterValues } from '#server/contract/dashboard.ts';
import {
  dashboardQuery,
  dashboardsKey,
  readReport,
  refreshDashboard,
  resultsQuery,
} from '#web/features/dashboards/api/dashboard-requests.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { saveFile, toSavedName } from '#web/lib/save-file.ts';
import { useDocumentTitle } from '#web/lib/use-document-title.ts';
import { BackLink } from '#web/ui/back-link.tsx';
import { Button } from '#web/ui/button.tsx';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { Menu, MenuItem } from '#web/ui/menu.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { ValueFields } from './value-fields.tsx';
import { WidgetCard } from './widget-card.tsx';
import { WidgetGrid } from './widget-grid.tsx';

const DashboardDialog = lazyDialog(async () => (await import('./dashboard-dialog.tsx')).DashboardDialog);
const LinkDialog = lazyDialog(async () => (await import('./link-dialog.tsx')).LinkDialog);
const DashboardEditor = lazy(async () => ({ default: (await import('./dashboard-editor.tsx')).DashboardEditor }));

type DashboardViewProps = { id: string; back: string; dataAddress: string };

/** A dashboard with what its widgets show, and what may be done with it. */
export function DashboardView({ id, back, dataAddress }: DashboardViewProps) {
  const { t } = useTranslation('dashboards');
  const { data, error, refetch } = useQuery(dashboardQuery(id));
  useDocumentTitle(data?.name ?? t('title'));
  return (
    <>
      <BackLink to={back}>{t('back')}</BackLink>
      {data === undefined ? (
        error ? (
          <ErrorPanel error={error} onRetry={refetch} />
        ) : (
          <SkeletonList />
        )
      ) : (
        <Shown dashboard={data} dataAddress={dataAddress} />
      )}
    </>
  );
}

function Shown({ dashboard, dataAddress }: { dashboard: Dashboard; dataAddress: string }) {
  const { t } = useTranslation('dashboards');
  const format = useFormat();
  const cache = useQueryClient();
  const { id, name, description, widgets, parameters, can } = dashboard;
  const [values, setValues] = useState<ParameterValues>({});
  const [open, setOpen] = useState<'details' | 'link' | null>(null);
  const [isEditing, setIsEditing] = useState(false);
  const results = useQuery(resultsQuery(id, values));
  const refresh = useMutation({
    mutationFn: () => refreshDashboard(id, values),
    onSuccess: (shown) => cache.setQueryData(resultsQuery(id, values).queryKey, shown),
    onError: showProblemToast,
  });
  const keep = (saved: Dashboard) => {
    cache.setQueryData(dashboardQuery(id).queryKey, saved);
    void cache.invalidateQueries({ queryKey: dashboardsKey });
    void cache.invalidateQueries({ queryKey: ['dashboard-results', id] });
  };
  const saveReport = () =>
    void readReport(id, values).then((report) => saveFile(toSavedName(name, 'pdf'), report), showProblemToast);
  const isBusy = refresh.isPending || results.data?.isRefreshing === true;
  const refreshedAt = results.data?.refreshedAt ?? null;
  if (isEditing) {
    return (
      <Suspense fallback={<SkeletonList />}>
        <DashboardEditor
          dashboard={dashboard}
          results={results.data?.items ?? []}
          onLeave={() => setIsEditing(false)}
          onSaved={(saved) => {
            keep(saved);
            setIsEditing(false);
            refresh.mutate();
          }}
        />
      </Suspense>
    );
  }
  return (
    <>
      <PageHeader
        title={name}
        description={description}
        actions={
          <>
            {widgets.length > 0 && (
              <Button icon={<RefreshCw aria-hidden />} busy={isBusy} onClick={() => refresh.mutate()}>
                {t('refresh')}
              </Button>
            )}
            {can.edit && (
              <Button icon={<Pencil aria-hidden />} onClick={() => setIsEditing(true)}>
                {t('edit')}
              </Button>
            )}
            <Menu label={t('more')} trigger={<IconButton label={t('more')} icon={<Ellipsis />} />}>
              <MenuItem icon={<FileDown aria-hidden />} onSelect={saveReport}>
                {t('report')}
              </MenuItem>
              {can.edit && (
                <MenuItem icon={<Settings2 aria-hidden />} onSelect={() => setOpen('details')}>
                  {t('details.title')}
                </MenuItem>
              )}
              {can.edit && (
                <MenuItem icon={<Link2 aria-hidden />} onSelect={() => setOpen('link')}>
                  {t('link.title')}
                </MenuItem>
              )}
            </Menu>
          </>
        }
      />
      <p role="status" className="-mt-2 mb-4 text-sm text-ink-soft">
        {isBusy ? t('refreshing') : refreshedAt !== null && t('list.refreshed', { time: format.dateTime(refreshedAt) })}
        {!isBusy &&
          dashboard.nextRefreshAt !== null &&
          ` · ${t('next', { time: format.dateTime(dashboard.nextRefreshAt) })}`}
      </p>
      <ValueFields parameters={parameters} values={values} isFree={can.edit} onChange={setValues} />
      {results.error && <ErrorPanel error={results.error} onRetry={results.refetch} />}
      {widgets.length === 0 ? (
        <EmptyState
          title={t('empty.title')}
          icon={<LayoutDashboard />}
          action={can.edit && <Link to={dataAddress}>{t('list.toData')}</Link>}
        >
          {t(can.edit ? 'empty.own' : 'empty.others')}
        </EmptyState>
      ) : (
        <WidgetGrid widgets={widgets}>
          {(widget) => (
            <WidgetCard widget={widget} result={results.data?.items.find((item) => item.widget === widget.id)} />
          )}
        </WidgetGrid>
      )}
      <DashboardDialog
        dashboard={dashboard}
        open={open === 'details'}
        onOpenChange={() => setOpen(null)}
        onSaved={keep}
      />
      <LinkDialog dashboard={dashboard} open={open === 'link'} onOpenChange={() => setOpen(null)} onChanged={keep} />
    </>
  );
}
