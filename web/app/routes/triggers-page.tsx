import { PageFrame } from '#web/app/page-frame.tsx';
import { paths } from '#web/app/paths.ts';
import { TriggerList } from '#web/features/triggers/components/trigger-list.tsx';

const triggerPaths = { conversation: paths.conversation };

export function Page() {
  return (
    <PageFrame>
      <TriggerList paths={triggerPaths} />
    </PageFrame>
  );
}
