import { toHubPaths } from '#web/app/hub-paths.ts';
import { PageFrame } from '#web/app/page-frame.tsx';
import { useSignedInPerson } from '#web/app/signed-in-person.ts';
import { HubFront } from '#web/features/hub/components/hub-front.tsx';

export function Page() {
  const { can } = useSignedInPerson();
  return (
    <PageFrame wide>
      <HubFront paths={toHubPaths(can.createAgents)} />
    </PageFrame>
  );
}
