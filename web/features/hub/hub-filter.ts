import { useSearchParams } from 'react-router';
import { HubSort } from '#server/contract/hub.ts';
import type { HubFilter } from '#web/features/hub/api/hub-requests.ts';

/** What an address asks the hub for. */
export function readHubFilter(query: URLSearchParams): HubFilter {
  return {
    search: query.get('search') ?? '',
    category: query.get('category'),
    tag: query.get('tag'),
    sort: HubSort.safeParse(query.get('sort')).data ?? null,
    onlyFavourites: query.has('favourites'),
  };
}

/** What the hub is asked for, kept in the page's address so that it can be shared and comes back. */
export function useHubFilter() {
  const [query, setQuery] = useSearchParams();
  const filter = readHubFilter(query);
  const setFilter = (changes: Partial<HubFilter>) => {
    const { onlyFavourites, ...words } = { ...filter, ...changes };
    const members = Object.entries(words).filter((member): member is [string, string] => Boolean(member[1]));
    setQuery(onlyFavourites ? { favourites: '' } : Object.fromEntries(members), { replace: true });
  };
  return { filter, setFilter };
}
