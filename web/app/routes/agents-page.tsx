import type { QueryClient } from '@tanstack/react-query';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { agentPaths } from '#web/app/agent-paths.ts';
import { PageFrame } from '#web/app/page-frame.tsx';
import { useSignedInPerson } from '#web/app/signed-in-person.ts';
import { agentListQuery, everyAgent } from '#web/features/agents/api/agent-queries.ts';
import { AgentList } from '#web/features/agents/components/agent-list.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';

/** Asks for the agents while the page is made. */
export const prefetch = (queryClient: QueryClient) => queryClient.prefetchInfiniteQuery(agentListQuery(everyAgent));

export function Page() {
  const { t } = useTranslation('app');
  const { can } = useSignedInPerson();
  return (
    <PageFrame wide>
      <PageHeader
        title={t('agents.title')}
        description={t(can.createAgents ? 'agents.description' : 'agents.descriptionToUse')}
      />
      <AgentList paths={agentPaths} canCreate={can.createAgents} />
    </PageFrame>
  );
}
