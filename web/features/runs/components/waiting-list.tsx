import { Hourglass } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useWaiting } from '#web/features/runs/api/waiting.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { showToast } from '#web/ui/toast-store.ts';
import { WaitingItem, type WaitingPaths } from './waiting-item.tsx';

/** All that runs ask the person: calls to approve, also of their agents for others, and forms to fill in. */
export function WaitingList({ paths }: { paths: WaitingPaths }) {
  const { t } = useTranslation('waits');
  const waiting = useWaiting();
  const region = useRef<HTMLDivElement>(null);
  return (
    <>
      <PageHeader title={t('waiting.title')} description={t('waiting.description')} />
      <div ref={region} tabIndex={-1} className="outline-none">
        <ListStates
          items={waiting.items}
          error={waiting.error}
          onRetry={waiting.retry}
          empty={
            <EmptyState title={t('waiting.empty.title')} icon={<Hourglass />}>
              {t('waiting.empty.text')}
            </EmptyState>
          }
        >
          {(shown) => (
            <ul className="grid max-w-3xl gap-8">
              {shown.map((pending) => (
                // An answered card goes; whoever uses the keyboard goes on from the list.
                <WaitingItem
                  key={pending.wait.id}
                  pending={pending}
                  paths={paths}
                  onAnswered={() => {
                    region.current?.focus();
                    showToast({ title: t('waiting.answered'), tone: 'success' });
                  }}
                />
              ))}
            </ul>
          )}
        </ListStates>
      </div>
      <LoadMore {...waiting.more} />
    </>
  );
}
