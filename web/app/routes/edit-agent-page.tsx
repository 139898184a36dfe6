import { lazy, Suspense } from 'react';
import { useParams } from 'react-router';
import { agentPaths } from '#web/app/agent-paths.ts';
import { FullFrame } from '#web/app/page-frame.tsx';
import { paths } from '#web/app/paths.ts';
import { WithAgent } from '#web/app/with-agent.tsx';
import { AgentBuilder } from '#web/features/agents/components/agent-builder.tsx';
import { useDocumentTitle } from '#web/lib/use-document-title.ts';
import { SkeletonList } from '#web/ui/skeleton.tsx';

// The form does not wait for what stands beside it.
const Chat = lazy(async () => ({ default: (await import('#web/features/conversations/components/chat.tsx')).Chat }));

/** The builder, with the draft to talk to beside it. */
export function Page() {
  const { handle = '' } = useParams();
  return (
    <FullFrame>
      <WithAgent key={handle} handle={handle}>
        {(agent) => (
          <>
            <Title name={agent.name} />
            <AgentBuilder
              key={agent.id}
              agent={agent}
              paths={agentPaths}
              renderPreview={(draft) => (
                <Suspense fallback={<SkeletonList />}>
                  <Chat agent={draft} version="draft" modelsAddress={paths.models()} />
                </Suspense>
              )}
            />
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
