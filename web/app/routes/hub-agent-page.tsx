import { lazy } from 'react';
import { useParams } from 'react-router';
import { toHubPaths } from '#web/app/hub-paths.ts';
import { PageFrame } from '#web/app/page-frame.tsx';
import { ShareAgent } from '#web/app/share-agent.tsx';
import { useSignedInPerson } from '#web/app/signed-in-person.ts';
import { AgentProfile } from '#web/features/hub/components/agent-profile.tsx';

const MissingAgent = lazy(() => import('#web/app/missing-agent.tsx'));

export function Page() {
  const { handle = '' } = useParams();
  const { can } = useSignedInPerson();
  return (
    <PageFrame>
      <AgentProfile
        handle={handle}
        paths={toHubPaths(can.createAgents)}
        missing={<MissingAgent />}
        share={<ShareAgent handle={handle} look="button" />}
      />
    </PageFrame>
  );
}
