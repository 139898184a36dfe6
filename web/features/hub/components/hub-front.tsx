import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { type HubFilter, hubListQuery } from '#web/features/hub/api/hub-requests.ts';
import { useHubFilter } from '#web/features/hub/hub-filter.ts';
import type { HubPaths } from '#web/features/hub/hub-paths.ts';
import { useCategories } from '#web/lib/use-categories.ts';
import { useFirstFew } from '#web/lib/use-first-few.ts';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { FeaturedArcade } from './featured-arcade.tsx';
import { FilterBar } from './filter-bar.tsx';
import { HubCard } from './hub-card.tsx';
import { HubEmpty } from './hub-empty.tsx';

const everything: HubFilter = { search: '', category: null, tag: null, sort: null, onlyFavourites: false };

/** The hub's front page: agents worth using, found by words, category and order. */
export function HubFront({ paths }: { paths: HubPaths }) {
  const { t } = useTranslation('hub');
  const { filter, setFilter } = useHubFilter();
  const categories = useCategories();
  const list = useInfiniteQuery({ ...hubListQuery(filter), placeholderData: (before) => before });
  const agents = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const drawn = useFirstFew(agents.length);
  const isAtStart = Object.values(filter).every((value) => !value);

  return (
    <>
      <PageHeader title={t('front.title')} description={t('front.description')} />
      <div className="grid min-w-0 gap-8">
        <FilterBar
          filter={filter}
          onChange={setFilter}
          categories={categories.choices(filter.category === null ? [] : [filter.category])}
        />
        {isAtStart && <FeaturedArcade paths={paths} />}
        <section aria-label={t('front.list')} aria-busy={list.isFetching} className="grid min-w-0 gap-4">
          <p role="status" className="sr-only">
            {list.isSuccess && !list.isFetching && t('front.found', { count: agents.length })}
          </p>
          {list.isPending && <SkeletonList rows={4} rowClassName="h-40 w-full" />}
          {list.isError && <ErrorPanel error={list.error} onRetry={list.refetch} />}
          {list.isSuccess && agents.length === 0 && (
            <HubEmpty filter={filter} createPath={paths.create} onClear={() => setFilter(everything)} />
          )}
          {agents.length > 0 && (
            <ul className="grid min-w-0 gap-4 sm:grid-cols-2 xl:grid-cols-3">
              {agents.slice(0, drawn).map((agent) => (
                <HubCard key={agent.id} agent={agent} category={categories.nameOf(agent.category)} paths={paths} />
              ))}
            </ul>
          )}
          <LoadMore hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onLoad={list.fetchNextPage} />
        </section>
      </div>
    </>
  );
}
