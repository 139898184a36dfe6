import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link } from 'react-router';
import type { Trigger } from '#server/contract/trigger.ts';
import { useFirings } from '#web/features/triggers/api/trigger-requests.ts';
import type { TriggerPaths } from '#web/features/triggers/trigger-paths.ts';
import { useMoment } from '#web/features/triggers/use-moment.ts';
import { Badge } from '#web/ui/badge.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { FiringBadge } from './firing-badge.tsx';

/** When a trigger fired, and the runs that came of it. */
export function FiringList({ trigger, paths }: { trigger: Trigger; paths: TriggerPaths }) {
  const { t } = useTranslation('triggers');
  const toMoment = useMoment();
  const firings = useFirings(trigger.id);
  return (
    <>
      <ListStates
        items={firings.items}
        error={firings.error}
        onRetry={firings.retry}
        empty={<p className="text-sm text-ink-soft">{t('history.noFirings')}</p>}
      >
        {(shown) => (
          <ul className="divide-y divide-line">
            {shown.map((firing) => (
              <li key={firing.id} className="grid gap-1 py-3 text-sm">
                <div className="flex flex-wrap items-center gap-2">
                  <span className="tabular-nums">{toMoment(firing.dueAt)}</span>
                  <FiringBadge status={firing.status} />
                  {firing.cause === 'test' && <Badge>{t('history.test')}</Badge>}
                  {firing.conversationId !== null && (
                    <Link
                      to={paths.conversation(trigger.agent.handle, firing.conversationId)}
                      className="text-link ml-auto"
                    >
                      {t('history.open')}
                    </Link>
                  )}
                </div>
                {firing.detail !== null && <p className="text-ink-soft wrap-anywhere">{firing.detail}</p>}
              </li>
            ))}
          </ul>
        )}
      </ListStates>
      <LoadMore {...firings.more} />
    </>
  );
}
