import { NotFoundPage } from '#web/app/not-found-page.tsx';
import { PageFrame } from '#web/app/page-frame.tsx';
import { useSignedInPerson } from '#web/app/signed-in-person.ts';
import { toolsetPaths } from '#web/app/toolset-paths.ts';
import { ToolsetList } from '#web/features/toolsets/components/toolset-list.tsx';

export function Page() {
  const { can } = useSignedInPerson();
  if (!can.createAgents) return <NotFoundPage />;
  return (
    <PageFrame>
      <ToolsetList paths={toolsetPaths} />
    </PageFrame>
  );
}
