import { useQueryClient } from '@tanstack/react-query';
import { Globe, LayoutDashboard, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { DashboardSummary } from '#server/contract/dashboard.ts';
import { dashboardsKey, dashboardsPath, deleteDashboard } from '#web/features/dashboards/api/dashboard-requests.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { usePageList } from '#web/lib/use-page-list.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { deleteWithUndo, useWithoutDeleted } from '#web/ui/delete-with-undo.ts';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { SegmentedChoice } from '#web/ui/segmented-choice.tsx';

const DashboardDialog = lazyDialog(async () => (await import('./dashboard-dialog.tsx')).DashboardDialog);

type DashboardListProps = { toAddress: (id: string) => string; dataAddress: string };

/** The person's dashboards, and those that everybody on the hub sees. */
export function DashboardList({ toAddress, dataAddress }: DashboardListProps) {
  const { t } = useTranslation('dashboards');
  const format = useFormat();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [of, setOf] = useState<'mine' | 'hub'>('mine');
  const [isNew, setIsNew] = useState(false);
  const list = usePageList({
    key: [...dashboardsKey, of],
    path: dashboardsPath,
    item: DashboardSummary,
    query: { of },
  });
  const items = useWithoutDeleted(list.items);
  const reload = () => cache.invalidateQueries({ queryKey: dashboardsKey });
  const remove = ({ id, name }: DashboardSummary) =>
    deleteWithUndo({
      id,
      title: t('list.removed', { name }),
      detail: t('list.removedText'),
      send: () => deleteDashboard(id),
      reload,
    });
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setIsNew(true)}>
            {t('list.new')}
          </Button>
        }
      />
      <div className="mb-4">
        <SegmentedChoice
          label={t('list.whose')}
          value={of}
          onChange={setOf}
          options={[
            { value: 'mine', label: t('list.mine') },
            { value: 'hub', label: t('list.hub') },
          ]}
        />
      </div>
      <ListStates
        items={items}
        error={list.error}
        onRetry={list.retry}
        empty={
          <EmptyState
            title={t(`list.empty.${of}.title`)}
            icon={<LayoutDashboard />}
            action={of === 'mine' && <Link to={dataAddress}>{t('list.toData')}</Link>}
          >
            {t(`list.empty.${of}.text`)}
          </EmptyState>
        }
      >
        {(shown) => (
          <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
            {shown.map((dashboard) => (
              <li key={dashboard.id} className="flex items-center gap-3 p-4">
                <div className="grid min-w-0 flex-1 gap-1">
                  <Link to={toAddress(dashboard.id)} className="truncate font-medium">
                    {dashboard.name}
                  </Link>
                  <span className="flex flex-wrap items-center gap-2 text-xs text-ink-faint">
                    {of === 'hub' && <span>{dashboard.owner.name}</span>}
                    <span>{t('list.widgets', { count: dashboard.widgetCount })}</span>
                    {dashboard.refreshedAt !== null && (
                      <span>{t('list.refreshed', { time: format.dateTime(dashboard.refreshedAt) })}</span>
                    )}
                    {dashboard.can.edit && dashboard.access === 'hub' && <Badge>{t('list.hub')}</Badge>}
                    {dashboard.can.edit && dashboard.isPublic && (
                      <Badge>
                        <Globe aria-hidden className="size-3" /> {t('link.public')}
                      </Badge>
                    )}
                  </span>
                </div>
                {dashboard.can.edit && (
                  <IconButton
                    label={t('list.remove', { name: dashboard.name })}
                    icon={<Trash2 aria-hidden />}
                    onClick={() => remove(dashboard)}
                  />
                )}
              </li>
            ))}
          </ul>
        )}
      </ListStates>
      <LoadMore {...list.more} />
      <DashboardDialog
        dashboard={null}
        open={isNew}
        onOpenChange={setIsNew}
        onSaved={({ id }) => {
          void reload();
          void navigate(toAddress(id));
        }}
      />
    </>
  );
}
