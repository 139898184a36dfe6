import { PageFrame } from '#web/app/page-frame.tsx';
import { paths } from '#web/app/paths.ts';
import { MemoryList } from '#web/features/memories/components/memory-list.tsx';

const memoryPaths = { conversation: paths.conversation };

export function Page() {
  return (
    <PageFrame>
      <MemoryList paths={memoryPaths} />
    </PageFrame>
  );
}
