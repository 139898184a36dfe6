import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Delivery } from '#server/contract/trigger.ts';
import { deliveriesKey, sendAgain, triggersKey, useDeliveries } from '#web/features/triggers/api/trigger-requests.ts';
import { useMoment } from '#web/features/triggers/use-moment.ts';
import { Badge, type Tone } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';

const tones: Record<Delivery['status'], Tone> = { waiting: 'neutral', delivered: 'success', dead: 'danger' };

/** The callbacks that the hub lists at an address; one that was given up can be sent again. */
export function DeliveryList({ path, empty }: { path: string; empty: string }) {
  const { t } = useTranslation('triggers');
  const toMoment = useMoment();
  const cache = useQueryClient();
  const deliveries = useDeliveries(path);
  const again = useMutation({
    mutationFn: (delivery: Delivery) => sendAgain(path, delivery.id),
    onSuccess: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: deliveriesKey(path) }),
        cache.invalidateQueries({ queryKey: triggersKey }),
      ]),
    onError: showProblemToast,
  });
  return (
    <>
      <ListStates
        items={deliveries.items}
        error={deliveries.error}
        onRetry={deliveries.retry}
        empty={<p className="text-sm text-ink-soft">{empty}</p>}
      >
        {(shown) => (
          <ul className="divide-y divide-line">
            {shown.map((delivery) => (
              <li key={delivery.id} className="grid gap-1 py-3 text-sm">
                <div className="flex flex-wrap items-center gap-2">
                  <span className="tabular-nums">{toMoment(delivery.createdAt)}</span>
                  <Badge tone={tones[delivery.status]}>{t(`delivery.${delivery.status}`)}</Badge>
                  <code className="font-mono text-xs text-ink-soft">{delivery.event}</code>
                  {delivery.status === 'dead' && (
                    <Button
                      size="small"
                      className="ml-auto"
                      busy={again.isPending && again.variables.id === delivery.id}
                      onClick={() => again.mutate(delivery)}
                    >
                      {t('delivery.again')}
                    </Button>
                  )}
                </div>
                <p className="text-ink-soft wrap-anywhere">
                  {t('delivery.attempts', { count: delivery.attempts })}
                  {delivery.lastError !== null && ` · ${delivery.lastError}`}
                  {delivery.nextAt !== null && ` · ${t('delivery.next', { time: toMoment(delivery.nextAt) })}`}
                </p>
              </li>
            ))}
          </ul>
        )}
      </ListStates>
      <LoadMore {...deliveries.more} />
    </>
  );
}
