import { PageFrame } from '#web/app/page-frame.tsx';
import { paths } from '#web/app/paths.ts';
import { WaitingList } from '#web/features/runs/components/waiting-list.tsx';

const waitingPaths = { conversation: paths.conversation };

export function Page() {
  return (
    <PageFrame>
      <WaitingList paths={waitingPaths} />
    </PageFrame>
  );
}
