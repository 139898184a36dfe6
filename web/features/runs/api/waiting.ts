import { PendingWait } from '#server/contract/run-wait.ts';
import { usePageList } from '#web/lib/use-page-list.ts';
import { askEveryMs, waitingKey, waitingPath } from './waiting-count.ts';

/** What waits for the person, newest first, as it comes and goes. */
export const useWaiting = () =>
  usePageList({ key: [...waitingKey, 'list'], path: waitingPath, item: PendingWait, everyMs: askEveryMs });
