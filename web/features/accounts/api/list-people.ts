import { Person } from '#server/contract/account.ts';
import { usePageList } from '#web/lib/use-page-list.ts';

export const peopleKey = ['people'];

export function usePeople() {
  return usePageList({ key: peopleKey, path: '/api/people', item: Person });
}
