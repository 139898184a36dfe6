import { ApiKey } from '#server/contract/api-key.ts';
import { usePageList } from '#web/lib/use-page-list.ts';

export const keysKey = ['keys'];

export function useKeys() {
  return usePageList({ key: keysKey, path: '/api/keys', item: ApiKey });
}
