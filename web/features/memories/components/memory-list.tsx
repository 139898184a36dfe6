import { Brain, Download } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { exportAddress, useMemories } from '#web/features/memories/api/memory-requests.ts';
import { groupMemories } from '#web/features/memories/group-memories.ts';
import { buttonClass } from '#web/ui/button.tsx';
import { useWithoutDeleted } from '#web/ui/delete-with-undo.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { MemoryGroupCard } from './memory-group-card.tsx';

export type MemoryPaths = { conversation: (handle: string, conversation: string) => string };

/** What agents remember of the person: found, changed, added to, forgotten and taken along. */
export function MemoryList({ paths }: { paths: MemoryPaths }) {
  const { t } = useTranslation('memories');
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed.trim());
  const memories = useMemories(search);
  const items = useWithoutDeleted(memories.items);
  const groups = useWithoutDeleted(items && groupMemories(items));
  const download = (
    <a className={buttonClass('secondary', 'medium')} href={exportAddress} download="memories.json">
      <Download aria-hidden />
      {t('export')}
    </a>
  );

  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={download} />
      {(groups?.length !== 0 || typed !== '') && (
        <TextField
          label={t('search')}
          type="search"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className="mb-6 max-w-md"
        />
      )}
      <ListStates
        items={groups}
        error={memories.error}
        onRetry={memories.retry}
        empty={
          <EmptyState title={t(search === '' ? 'empty.title' : 'empty.notFound')} icon={<Brain />}>
            {t(search === '' ? 'empty.text' : 'empty.notFoundText')}
          </EmptyState>
        }
      >
        {(shown) => (
          <ul className="grid gap-6">
            {shown.map((group) => (
              <MemoryGroupCard key={group.id} group={group} paths={paths} />
            ))}
          </ul>
        )}
      </ListStates>
      <LoadMore {...memories.more} />
    </>
  );
}
