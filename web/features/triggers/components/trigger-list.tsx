import { useQueryClient } from '@tanstack/react-query';
import { AlarmClock, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Trigger, TriggerWithSecrets } from '#server/contract/trigger.ts';
import { triggersKey, useTriggers } from '#web/features/triggers/api/trigger-requests.ts';
import type { TriggerPaths } from '#web/features/triggers/trigger-paths.ts';
import { Button } from '#web/ui/button.tsx';
import { useWithoutDeleted } from '#web/ui/delete-with-undo.ts';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { TriggerCard } from './trigger-card.tsx';

const TriggerDialog = lazyDialog(async () => (await import('./trigger-dialog.tsx')).TriggerDialog);
const HistoryDialog = lazyDialog(async () => (await import('./history-dialog.tsx')).HistoryDialog);

type Shown =
  | { kind: 'edit'; trigger: Trigger | null }
  | { kind: 'secret'; made: TriggerWithSecrets }
  | { kind: 'history'; trigger: Trigger };

/** A person's triggers: their state, a new one, and what each did. */
export function TriggerList({ paths }: { paths: TriggerPaths }) {
  const { t } = useTranslation('triggers');
  const cache = useQueryClient();
  const triggers = useTriggers();
  const items = useWithoutDeleted(triggers.items);
  const [shown, setShown] = useState<Shown | null>(null);
  const [openings, setOpenings] = useState(0);
  const show = (next: Shown) => {
    setShown(next);
    setOpenings(openings + 1);
  };
  const reload = () => cache.invalidateQueries({ queryKey: triggersKey });
  const close = (open: boolean) => {
    if (open) return;
    setShown(null);
    void reload();
  };
  const create = (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => show({ kind: 'edit', trigger: null })}>
      {t('new')}
    </Button>
  );

  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={create} />
      <ListStates
        items={items}
        error={triggers.error}
        onRetry={triggers.retry}
        empty={
          <EmptyState title={t('empty.title')} icon={<AlarmClock />}>
            {t('empty.text')}
          </EmptyState>
        }
      >
        {(listed) => (
          <ul className="grid gap-4">
            {listed.map((trigger) => (
              <TriggerCard
                key={trigger.id}
                trigger={trigger}
                onEdit={() => show({ kind: 'edit', trigger })}
                onHistory={() => show({ kind: 'history', trigger })}
                onSecret={(made) => show({ kind: 'secret', made })}
              />
            ))}
          </ul>
        )}
      </ListStates>
      <LoadMore {...triggers.more} />
      <TriggerDialog
        key={`trigger-${openings}`}
        open={shown?.kind === 'edit' || shown?.kind === 'secret'}
        onOpenChange={close}
        trigger={shown?.kind === 'edit' ? shown.trigger : null}
        made={shown?.kind === 'secret' ? shown.made : null}
        onSaved={reload}
      />
      {shown?.kind === 'history' && (
        <HistoryDialog key={`history-${openings}`} open onOpenChange={close} trigger={shown.trigger} paths={paths} />
      )}
    </>
  );
}
