import { useQuery, useQueryClient } from '@tanstack/react-query';
import { BellRing, Plus } from 'lucide-react';
import { useState } from 'react';
import type { Alert, AlertWithSecret } from '#server/contract/alert.ts';
import { type Template, toTemplates } from '#web/features/alerts/alert-form-values.ts';
import type { AlertPaths } from '#web/features/alerts/alert-paths.ts';
import { alertsKey, chainChoicesQuery, firingsKey, useAlerts } from '#web/features/alerts/api/alert-requests.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { useWithoutDeleted } from '#web/ui/delete-with-undo.ts';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { Tabs } from '#web/ui/tabs.tsx';
import { AlertCard } from './alert-card.tsx';
import { FiringList } from './firing-list.tsx';

const AlertDialog = lazyDialog(async () => (await import('./alert-dialog.tsx')).AlertDialog);

type Shown = { alert: Alert | null; template: Template | null; made: AlertWithSecret | null };
type AlertListProps = {
  paths: AlertPaths;
  /** A saved query that an alert is to be made of. */
  queryId: string | null;
  onQueryTaken: () => void;
};

const templates = ['balance', 'transfer', 'query'] as const;

/** A person's alerts and what they told. */
export function AlertList({ paths, queryId, onQueryTaken }: AlertListProps) {
  const { t } = useTranslation('alerts');
  const cache = useQueryClient();
  const alerts = useAlerts();
  const { data: chains = [] } = useQuery(chainChoicesQuery);
  const items = useWithoutDeleted(alerts.items);
  const [view, setView] = useState<'alerts' | 'history'>('alerts');
  const [only, setOnly] = useState<Alert | null>(null);
  const ofQuery: Shown | null =
    queryId === null
      ? null
      : { alert: null, made: null, template: { name: '', watch: { ...toTemplates([]).query, query: queryId } } };
  const [shown, setShown] = useState<Shown | null>(ofQuery);
  const [openings, setOpenings] = useState(0);
  const show = (next: Partial<Shown>) => {
    setShown({ alert: null, template: null, made: null, ...next });
    setOpenings(openings + 1);
  };
  const reload = () =>
    Promise.all([cache.invalidateQueries({ queryKey: alertsKey }), cache.invalidateQueries({ queryKey: firingsKey })]);
  const close = (open: boolean) => {
    if (open) return;
    setShown(null);
    if (queryId !== null) onQueryTaken();
    void reload();
  };
  const unread = (items ?? []).reduce((sum, alert) => sum + alert.unread, 0);
  const look = (next: typeof view) => {
    setOnly(null);
    setView(next);
  };

  const list = (
    <ListStates
      items={items}
      error={alerts.error}
      onRetry={alerts.retry}
      empty={
        <EmptyState title={t('empty.title')} icon={<BellRing />}>
          <p>{t('empty.text')}</p>
          <ul className="mt-4 grid gap-2 text-left">
            {templates.map((kind) => (
              <li key={kind} className="grid">
                <button
                  type="button"
                  className="rounded-md border border-line bg-surface px-4 py-2.5 text-left text-sm shadow-low hover:border-accent hover:bg-accent-soft"
                  onClick={() =>
                    show({ template: { name: t(`template.${kind}.name`), watch: toTemplates(chains)[kind] } })
                  }
                >
                  <span className="block font-medium text-ink">{t(`template.${kind}.name`)}</span>
                  {t(`template.${kind}.text`)}
                </button>
              </li>
            ))}
          </ul>
        </EmptyState>
      }
    >
      {(listed) => (
        <ul className="grid gap-4">
          {listed.map((alert) => (
            <AlertCard
              key={alert.id}
              alert={alert}
              paths={paths}
              onEdit={() => show({ alert })}
              onHistory={() => {
                setOnly(alert);
                setView('history');
              }}
              onSecret={(made) => show({ alert, made })}
            />
          ))}
        </ul>
      )}
    </ListStates>
  );

  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => show({})}>
            {t('new')}
          </Button>
        }
      />
      <Tabs
        label={t('title')}
        value={view}
        onValueChange={look}
        tabs={[
          {
            value: 'alerts',
            label: t('tab.alerts'),
            content: (
              <>
                {list}
                <LoadMore {...alerts.more} />
              </>
            ),
          },
          {
            value: 'history',
            label: unread === 0 ? t('tab.history') : t('tab.historyUnread', { count: unread }),
            content: (
              <>
                {only !== null && (
                  <p className="mb-3 flex flex-wrap items-center gap-2 text-sm text-ink-soft">
                    {t('history.of', { name: only.name })}
                    <Button size="small" variant="quiet" onClick={() => setOnly(null)}>
                      {t('history.all')}
                    </Button>
                  </p>
                )}
                <FiringList key={only?.id ?? 'all'} alert={only} alerts={items ?? []} paths={paths} />
              </>
            ),
          },
        ]}
      />
      <AlertDialog
        key={openings}
        open={shown !== null}
        onOpenChange={close}
        alert={shown?.alert ?? null}
        template={shown?.template ?? null}
        made={shown?.made ?? null}
        onSaved={reload}
      />
    </>
  );
}
