import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense } from 'react';
import type { Agent } from '#server/contract/agent.ts';
import { agentQuery } from '#web/features/agents/api/agent-queries.ts';
import { isProblem } from '#web/lib/api-problem.ts';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { PageFrame } from './page-frame.tsx';
import { PageLoading } from './page-loading.tsx';

const MissingAgent = lazy(() => import('./missing-agent.tsx'));

type WithAgentProps = { handle: string; children: (agent: Agent) => ReactNode };

/** Loads an agent by handle or identifier, and says what stands in the way. */
export function WithAgent({ handle, children }: WithAgentProps) {
  const { data: agent, error, refetch } = useQuery(agentQuery(handle));
  if (agent) return children(agent);
  if (!error) return <PageLoading />;
  if (isProblem(error, 'not_found')) {
    return (
      <Suspense fallback={<PageLoading />}>
        <MissingAgent />
      </Suspense>
    );
  }
  return (
    <PageFrame>
      <ErrorPanel error={error} onRetry={refetch} />
    </PageFrame>
  );
}
