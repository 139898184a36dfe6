import type { ReactNode } from 'react';
import type { usePageList } from '#web/lib/use-page-list.ts';
import { ListStates } from '#web/ui/list-states.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';

type LinedListProps<Item> = {
  list: Omit<ReturnType<typeof usePageList>, 'items'> & { items: Item[] | undefined };
  /** What is said where there is nothing. */
  empty: string;
  renderItem: (item: Item) => ReactNode;
};

/** A paged list of the hub in one frame, a line between its items. */
export function LinedList<Item>({ list, empty, renderItem }: LinedListProps<Item>) {
  return (
    <>
      <ListStates
        items={list.items}
        error={list.error}
        onRetry={list.retry}
        empty={<p className="text-sm text-ink-soft">{empty}</p>}
      >
        {(items) => (
          <ul className="divide-y divide-line rounded-lg border border-line bg-surface">{items.map(renderItem)}</ul>
        )}
      </ListStates>
      <LoadMore {...list.more} />
    </>
  );
}
