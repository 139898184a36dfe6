import type { QueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { type Params, useParams } from 'react-router';
import { agentPaths } from '#web/app/agent-paths.ts';
import { FullFrame } from '#web/app/page-frame.tsx';
import { PageLoading } from '#web/app/page-loading.tsx';
import { previewFeatures } from '#web/app/page-list.ts';
import { paths } from '#web/app/paths.ts';
import { ShareAgent } from '#web/app/share-agent.tsx';
import { WithAgent } from '#web/app/with-agent.tsx';
import { agentQuery } from '#web/features/agents/api/agent-queries.ts';
import { AgentBuilder } from '#web/features/agents/components/agent-builder.tsx';
import type { Exchange } from '#web/features/evals/propose-eval.ts';
import { loadTexts } from '#web/lib/i18n/load-texts.ts';
import { lazyComponent } from '#web/lib/lazy-component.ts';
import { categoriesQuery } from '#web/lib/use-categories.ts';
import { useDocumentTitle } from '#web/lib/use-document-title.ts';

const Chat = lazyComponent(async () => (await import('#web/features/conversations/components/chat.tsx')).Chat);

// Tests come when somebody first wants them.
const EvalPanel = lazy(async () => ({
  default: (await import('#web/features/evals/components/eval-panel.tsx')).EvalPanel,
}));
const DescribePanel = lazy(async () => ({
  default: (await import('#web/features/proposals/components/describe-panel.tsx')).DescribePanel,
}));
const ProposedEval = lazy(async () => ({
  default: (await import('#web/features/evals/components/proposed-eval.tsx')).ProposedEval,
}));
const OwnListing = lazy(async () => ({
  default: (await import('#web/features/hub/components/own-listing.tsx')).OwnListing,
}));
const PublishGate = lazy(async () => ({
  default: (await import('#web/features/evals/components/publish-gate.tsx')).PublishGate,
}));

/** Asks for the agent, and for what its preview is made of. */
export const prefetch = (queryClient: QueryClient, { handle = '' }: Params) =>
  Promise.allSettled([
    queryClient.prefetchQuery(agentQuery(handle)),
    queryClient.prefetchQuery(categoriesQuery),
    Chat.load(),
    ...previewFeatures.map((feature) => loadTexts(feature)),
  ]);

/** The builder, with the draft to talk to beside it. */
export function Page() {
  const { handle = '' } = useParams();
  const [exchange, setExchange] = useState<Exchange | null>(null);
  return (
    <FullFrame>
      <WithAgent key={handle} handle={handle}>
        {(agent) => (
          <>
            <Title name={agent.name} />
            {agent.visibility === 'hub' && agent.publishedVersion !== null && (
              <Suspense fallback={null}>
                <OwnListing agent={agent.id} version={agent.publishedVersion} />
              </Suspense>
            )}
            <AgentBuilder
              key={agent.id}
              agent={agent}
              paths={agentPaths}
              renderPreview={(draft) => (
                <Suspense fallback={<PageLoading />}>
                  <Chat
                    agent={draft}
                    version="draft"
                    modelsAddress={paths.models()}
                    onMakeTest={draft.can.edit ? setExchange : undefined}
                  />
                </Suspense>
              )}
              renderTests={(draft, save) => (
                <Suspense fallback={<PageLoading />}>
                  <EvalPanel agent={draft} save={save} />
                </Suspense>
              )}
              renderDescribe={(draft) => (
                <Suspense fallback={<PageLoading />}>
                  <DescribePanel draft={draft} modelsAddress={paths.models()} />
                </Suspense>
              )}
              renderShare={(shared) => <ShareAgent handle={shared} look="icon" />}
              renderPublishGate={(draft) => (
                <Suspense fallback={null}>
                  <PublishGate agent={draft} />
                </Suspense>
              )}
            />
            {exchange && (
              <Suspense fallback={null}>
                <ProposedEval agent={agent} exchange={exchange} onClose={() => setExchange(null)} />
              </Suspense>
            )}
          </>
        )}
      </WithAgent>
    </FullFrame>
  );
}

function Title({ name }: { name: string }) {
  useDocumentTitle(name);
  return null;
}
