import { History } from 'lucide-react';
import { Execution } from '#server/contract/execution.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { usePageList } from '#web/lib/use-page-list.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';

export const historyKey = ['executions'];

/** What was run before, with its result while that is kept. */
export function HistoryList({ onOpen }: { onOpen: (execution: Execution) => void }) {
  const { t } = useTranslation('queries');
  const format = useFormat();
  const list = usePageList({ key: historyKey, path: '/api/executions', item: Execution });
  return (
    <>
      <ListStates
        items={list.items}
        error={list.error}
        onRetry={list.retry}
        empty={
          <EmptyState title={t('history.noneTitle')} icon={<History />}>
            {t('history.noneText')}
          </EmptyState>
        }
      >
        {(shown) => (
          <ul className="grid grid-cols-1 gap-1">
            {shown.map((execution) => (
              <li key={execution.id}>
                <button
                  type="button"
                  onClick={() => onOpen(execution)}
                  className="grid min-h-11 w-full rounded-md px-2 py-1.5 text-left text-sm -outline-offset-2 hover:bg-sunken"
                >
                  <code className="truncate font-mono text-xs">{execution.sql.replaceAll(/\s+/g, ' ')}</code>
                  <span className="truncate text-xs text-ink-faint">
                    {t(`history.state.${execution.state}`)}
                    {execution.state === 'completed' &&
                      ` · ${t('tables.rows', { count: execution.rows, rows: format.number(execution.rows) })}`}
                    {` · ${format.dateTime(execution.startedAt)}`}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </ListStates>
      <LoadMore {...list.more} />
    </>
  );
}
