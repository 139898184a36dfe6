import type { QueryClient } from '@tanstack/react-query';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { agentPaths } from '#web/app/agent-paths.ts';
import { PageFrame } from '#web/app/page-frame.tsx';
import { useSignedInPerson } from '#web/app/signed-in-person.ts';
import { agentListQuery, everyAgent } from '#web/features/agents/api/agent-queries.ts';
import { AgentList } from '#web/features/agents/components/agent-list.tsx';
import { categoriesQuery } from '#web/lib/use-categories.ts';
import { PageHeader } from '#web/ui/page-header.tsx';

/** Asks for the agents, and the names of their categories, while the page is made. */
export const prefetch = (queryClient: QueryClient) =>
  Promise.all([
    queryClient.prefetchInfiniteQuery(agentListQuery(everyAgent)),
    queryClient.prefetchQuery(categoriesQuery),
  ]);

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
