import { useInfiniteQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link } from 'react-router';
import type { AgentPaths } from '#web/features/agents/agent-paths.ts';
import { agentListQuery, everyAgent } from '#web/features/agents/api/agent-queries.ts';
import { useCategories } from '#web/lib/use-categories.ts';
import { useFirstFew } from '#web/lib/use-first-few.ts';
import { Button } from '#web/ui/button.tsx';
import { useWithoutDeleted } from '#web/ui/delete-with-undo.ts';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { SegmentedChoice } from '#web/ui/segmented-choice.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { AgentCard } from './agent-card.tsx';
import { AgentListEmpty } from './agent-list-empty.tsx';
import { ImportButton } from './import-button.tsx';

export type AgentListProps = { paths: AgentPaths; canCreate?: boolean };

const scopes = ['all', 'mine', 'shipped'] as const;

/** The agents that a person can see, to be searched, opened, edited, copied and taken along. */
export function AgentList({ paths, canCreate = true }: AgentListProps) {
  const { t } = useTranslation('agents');
  const [filter, setFilter] = useState(everyAgent);
  const asked = useDeferredValue(filter);
  const list = useInfiniteQuery({ ...agentListQuery(asked), placeholderData: (before) => before });
  const agents = useWithoutDeleted(list.data?.pages.flatMap(({ items }) => items) ?? []);
  const drawn = useFirstFew(agents.length);
  const categories = useCategories();
  const isFiltered = filter.search !== '' || filter.category !== null || filter.scope !== 'all';

  return (
    <div className="grid min-w-0 gap-5">
      <div className="flex flex-wrap items-end gap-3">
        <TextField
          type="search"
          className="min-w-52 flex-1"
          label={t('list.search')}
          value={filter.search}
          maxLength={200}
          onChange={(event) => setFilter({ ...filter, search: event.target.value })}
        />
        <SelectField
          className="min-w-40"
          label={t('list.category')}
          value={filter.category ?? ''}
          onChange={(event) => setFilter({ ...filter, category: event.target.value || null })}
          options={[
            { value: '', label: t('list.everyCategory') },
            ...categories.choices(agents.map(({ category }) => category)),
          ]}
        />
        {canCreate && (
          <div className="flex flex-wrap gap-2">
            <ImportButton editPath={paths.edit} />
            <Button asChild variant="primary">
              <Link to={paths.create}>
                <Plus aria-hidden />
                {t('list.create')}
              </Link>
            </Button>
          </div>
        )}
      </div>
      <div>
        <SegmentedChoice
          label={t('list.scope')}
          value={filter.scope}
          onChange={(scope) => setFilter({ ...filter, scope })}
          options={scopes.map((value) => ({ value, label: t(`list.scopes.${value}`) }))}
        />
      </div>
      {list.isPending && <SkeletonList rows={3} rowClassName="h-32 w-full" />}
      {list.isError && <ErrorPanel error={list.error} onRetry={list.refetch} />}
      {list.isSuccess && agents.length === 0 && (
        <AgentListEmpty
          isFiltered={isFiltered}
          scope={filter.scope}
          createPath={canCreate ? paths.create : null}
          onClear={() => setFilter({ scope: 'all', search: '', category: null })}
        />
      )}
      <ul aria-label={t('list.label')} aria-busy={list.isFetching} className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {agents.slice(0, drawn).map((agent) => (
          <AgentCard key={agent.id} agent={agent} category={categories.nameOf(agent.category)} paths={paths} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button
          className="justify-self-center"
          busy={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('common:loadMore')}
        </Button>
      )}
    </div>
  );
}
