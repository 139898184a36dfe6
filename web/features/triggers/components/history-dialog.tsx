import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Trigger } from '#server/contract/trigger.ts';
import { toDeliveriesPath } from '#web/features/triggers/api/trigger-requests.ts';
import type { TriggerPaths } from '#web/features/triggers/trigger-paths.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { Tabs } from '#web/ui/tabs.tsx';
import { DeliveryList } from './delivery-list.tsx';
import { FiringList } from './firing-list.tsx';
import { TryForm } from './try-form.tsx';

type View = 'firings' | 'deliveries' | 'try';

type HistoryDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  trigger: Trigger;
  paths: TriggerPaths;
};

/** What a trigger did, what it told others, and a try of it. */
export function HistoryDialog({ open, onOpenChange, trigger, paths }: HistoryDialogProps) {
  const { t } = useTranslation('triggers');
  const [view, setView] = useState<View>(trigger.deadDeliveries > 0 ? 'deliveries' : 'firings');
  const tabs = [
    { value: 'firings' as const, label: t('history.firings'), content: <FiringList trigger={trigger} paths={paths} /> },
    {
      value: 'deliveries' as const,
      label: t('history.deliveries'),
      content: <DeliveryList path={toDeliveriesPath(trigger.id)} empty={t('history.noDeliveries')} />,
    },
    ...(trigger.webhook === null
      ? []
      : [
          {
            value: 'try' as const,
            label: t('history.try'),
            content: <TryForm trigger={trigger} onDone={() => setView('firings')} />,
          },
        ]),
  ];
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('history.title', { name: trigger.name })}
      description={t('history.text')}
      size="large"
    >
      <Tabs label={t('history.title', { name: trigger.name })} value={view} onValueChange={setView} tabs={tabs} />
    </Dialog>
  );
}
