import { toHubPaths } from '#web/app/hub-paths.ts';
import { NotFoundPage } from '#web/app/not-found-page.tsx';
import { PageFrame } from '#web/app/page-frame.tsx';
import { useSignedInPerson } from '#web/app/signed-in-person.ts';
import { HubDesk } from '#web/features/hub/components/hub-desk.tsx';

export function Page() {
  const { can } = useSignedInPerson();
  if (!can.administer) return <NotFoundPage />;
  return (
    <PageFrame>
      <HubDesk paths={toHubPaths(can.createAgents)} />
    </PageFrame>
  );
}
