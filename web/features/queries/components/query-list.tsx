import { BookMarked } from 'lucide-react';
import { useState } from 'react';
import { SavedQuery } from '#server/contract/saved-query.ts';
import { queriesPath } from '#web/features/queries/api/query-requests.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { usePageList } from '#web/lib/use-page-list.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { SegmentedChoice } from '#web/ui/segmented-choice.tsx';

export const queryListKey = ['saved-queries'];

/** Queries to go on with: one's own, or those that everybody on the hub sees. */
export function QueryList({ chosen, onOpen }: { chosen: string | null; onOpen: (query: SavedQuery) => void }) {
  const { t } = useTranslation('queries');
  const format = useFormat();
  const [of, setOf] = useState<'mine' | 'hub' | 'archived'>('mine');
  const list = usePageList({ key: [...queryListKey, of], path: queriesPath, item: SavedQuery, query: { of } });
  return (
    <div className="grid grid-cols-1 gap-3">
      <SegmentedChoice
        label={t('saved.whose')}
        value={of}
        onChange={setOf}
        options={[
          { value: 'mine', label: t('saved.mine') },
          { value: 'hub', label: t('saved.hub') },
          { value: 'archived', label: t('saved.archived') },
        ]}
      />
      <ListStates
        items={list.items}
        error={list.error}
        onRetry={list.retry}
        empty={
          <EmptyState title={t(`saved.none.${of}.title`)} icon={<BookMarked />}>
            {t(`saved.none.${of}.text`)}
          </EmptyState>
        }
      >
        {(shown) => (
          <ul className="grid grid-cols-1 gap-1">
            {shown.map((query) => (
              <li key={query.id}>
                <button
                  type="button"
                  aria-current={query.id === chosen ? 'true' : undefined}
                  onClick={() => onOpen(query)}
                  className="grid min-h-11 w-full rounded-md px-2 py-1.5 text-left text-sm -outline-offset-2 hover:bg-sunken aria-[current]:bg-accent-soft"
                >
                  <span className="truncate font-medium">{query.name}</span>
                  <span className="truncate text-xs text-ink-faint">
                    {of === 'hub' && `${query.owner.name} · `}
                    {t('saved.version', { version: query.version })} · {format.dateTime(query.updatedAt)}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </ListStates>
      <LoadMore {...list.more} />
    </div>
  );
}
