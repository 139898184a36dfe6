import { useParams } from 'react-router';
import { NotFoundPage } from '#web/app/not-found-page.tsx';
import { PageFrame } from '#web/app/page-frame.tsx';
import { useSignedInPerson } from '#web/app/signed-in-person.ts';
import { toolsetPaths } from '#web/app/toolset-paths.ts';
import { ToolsetView } from '#web/features/toolsets/components/toolset-view.tsx';

export function Page() {
  const { toolset = '' } = useParams();
  const { can } = useSignedInPerson();
  if (!can.createAgents) return <NotFoundPage />;
  return (
    <PageFrame>
      <ToolsetView key={toolset} id={toolset} paths={toolsetPaths} />
    </PageFrame>
  );
}
